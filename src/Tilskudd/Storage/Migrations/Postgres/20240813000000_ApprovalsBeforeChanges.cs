using System;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Tilskudd.Storage.Migrations.Postgres
{
    /// <summary>When the version a change began on was approved.</summary>
    [DbContext(typeof(PostgresDb))]
    [Migration("20240813000000_ApprovalsBeforeChanges")]
    internal sealed class ApprovalsBeforeChanges : Migration
    {
        protected override void Up(MigrationBuilder migrationBuilder) =>
            migrationBuilder.AddColumn<DateTime>(name: "FromApprovedAt", table: "PlanChanges", type: "timestamp with time zone", nullable: true);

        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(name: "FromApprovedAt", table: "PlanChanges");
        }
    }
}
