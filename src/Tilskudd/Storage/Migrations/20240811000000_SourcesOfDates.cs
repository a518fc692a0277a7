using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Tilskudd.Storage.Migrations
{
    /// <summary>Where the date of a deadline is from.</summary>
    [DbContext(typeof(TilskuddDb))]
    [Migration("20240811000000_SourcesOfDates")]
    internal sealed class SourcesOfDates : Migration
    {
        protected override void Up(MigrationBuilder migrationBuilder) =>
            migrationBuilder.AddColumn<string>(name: "Source", table: "Deadlines", type: "TEXT", nullable: true);

        protected override void Down(MigrationBuilder migrationBuilder)
        {
            // In plain SQL: EF would build the table anew.
            migrationBuilder.Sql("ALTER TABLE \"Deadlines\" DROP COLUMN \"Source\";");
        }
    }
}
