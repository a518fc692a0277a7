using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Tilskudd.Storage.Migrations.Postgres
{
    /// <summary>What a body decided in the meeting a round was left to.</summary>
    [DbContext(typeof(PostgresDb))]
    [Migration("20240806001000_DecidedInMeeting")]
    internal sealed class DecidedInMeeting : Migration
    {
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "DecidedAs",
                table: "Rounds",
                type: "text",
                nullable: true,
                collation: "C");
        }

        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "DecidedAs",
                table: "Rounds");
        }
    }
}
