using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Tilskudd.Storage.Migrations.Postgres
{
    /// <summary>Where the date of a deadline is from.</summary>
    [DbContext(typeof(PostgresDb))]
    [Migration("20240811000000_SourcesOfDates")]
    internal sealed class SourcesOfDates : Migration
    {
        protected override void Up(MigrationBuilder migrationBuilder) =>
            migrationBuilder.AddColumn<string>(name: "Source", table: "Deadlines", type: "text", nullable: true, collation: "C");

        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(name: "Source", table: "Deadlines");
        }
    }
}
