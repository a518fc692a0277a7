using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Tilskudd.Storage.Migrations
{
    /// <summary>Why gathered plans were sent before all of them were approved.</summary>
    [DbContext(typeof(TilskuddDb))]
    [Migration("20240806003001_PlansSentWithoutOthers")]
    internal sealed class PlansSentWithoutOthers : Migration
    {
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "WithoutReason",
                table: "Grants",
                type: "TEXT",
                nullable: false,
                defaultValue: "");
        }

        protected override void Down(MigrationBuilder migrationBuilder)
        {
            // In plain SQL: EF would build the table anew.
            migrationBuilder.Sql("ALTER TABLE \"Grants\" DROP COLUMN \"WithoutReason\";");
        }
    }
}
