using System;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Tilskudd.Storage.Migrations
{
    /// <summary>When the version a change began on was approved.</summary>
    [DbContext(typeof(TilskuddDb))]
    [Migration("20240813000000_ApprovalsBeforeChanges")]
    internal sealed class ApprovalsBeforeChanges : Migration
    {
        protected override void Up(MigrationBuilder migrationBuilder) =>
            migrationBuilder.AddColumn<DateTime>(name: "FromApprovedAt", table: "PlanChanges", type: "TEXT", nullable: true);

        protected override void Down(MigrationBuilder migrationBuilder)
        {
            // In plain SQL: EF would build the table anew.
            migrationBuilder.Sql("ALTER TABLE \"PlanChanges\" DROP COLUMN \"FromApprovedAt\";");
        }
    }
}
