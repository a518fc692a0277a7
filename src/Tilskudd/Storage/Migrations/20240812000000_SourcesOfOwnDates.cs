using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Tilskudd.Storage.Migrations
{
    /// <summary>Who has set a programme's own date.</summary>
    [DbContext(typeof(TilskuddDb))]
    [Migration("20240812000000_SourcesOfOwnDates")]
    internal sealed class SourcesOfOwnDates : Migration
    {
        protected override void Up(MigrationBuilder migrationBuilder) =>
            migrationBuilder.AddColumn<string>(name: "Source", table: "DeadlineOverrides", type: "TEXT", nullable: false, defaultValue: "Own");

        protected override void Down(MigrationBuilder migrationBuilder)
        {
            // In plain SQL: EF would build the table anew.
            migrationBuilder.Sql("ALTER TABLE \"DeadlineOverrides\" DROP COLUMN \"Source\";");
        }
    }
}
