using System;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Tilskudd.Storage.Migrations.Postgres
{
    /// <summary>Which version of a report its auditor has spoken of.</summary>
    [DbContext(typeof(PostgresDb))]
    [Migration("20240814000000_AuditedVersions")]
    internal sealed class AuditedVersions : Migration
    {
        protected override void Up(MigrationBuilder migrationBuilder) =>
            migrationBuilder.AddColumn<int>(name: "AuditedVersion", table: "Rapporter", type: "integer", nullable: true);

        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(name: "AuditedVersion", table: "Rapporter");
        }
    }
}
