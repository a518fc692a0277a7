using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Tilskudd.Storage.Migrations.Postgres
{
    /// <summary>Who has set a programme's own date.</summary>
    [DbContext(typeof(PostgresDb))]
    [Migration("20240812000000_SourcesOfOwnDates")]
    internal sealed class SourcesOfOwnDates : Migration
    {
        protected override void Up(MigrationBuilder migrationBuilder) =>
            migrationBuilder.AddColumn<string>(name: "Source", table: "DeadlineOverrides", type: "text", nullable: false, defaultValue: "Own", collation: "C");

        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(name: "Source", table: "DeadlineOverrides");
        }
    }
}
