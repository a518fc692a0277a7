using System;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Tilskudd.Storage.Migrations
{
    /// <summary>Which version of a report its auditor has spoken of.</summary>
    [DbContext(typeof(TilskuddDb))]
    [Migration("20240814000000_AuditedVersions")]
    internal sealed class AuditedVersions : Migration
    {
        protected override void Up(MigrationBuilder migrationBuilder) =>
            migrationBuilder.AddColumn<int>(name: "AuditedVersion", table: "Rapporter", type: "INTEGER", nullable: true);

        protected override void Down(MigrationBuilder migrationBuilder)
        {
            // In plain SQL: EF would build the table anew.
            migrationBuilder.Sql("ALTER TABLE \"Rapporter\" DROP COLUMN \"AuditedVersion\";");
        }
    }
}
