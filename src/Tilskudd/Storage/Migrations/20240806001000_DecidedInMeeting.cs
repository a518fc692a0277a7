using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Tilskudd.Storage.Migrations
{
    /// <summary>What a body decided in the meeting a round was left to.</summary>
    [DbContext(typeof(TilskuddDb))]
    [Migration("20240806001000_DecidedInMeeting")]
    internal sealed class DecidedInMeeting : Migration
    {
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "DecidedAs",
                table: "Rounds",
                type: "TEXT",
                nullable: true);
        }

        protected override void Down(MigrationBuilder migrationBuilder)
        {
            // In plain SQL: EF would build the table anew.
            migrationBuilder.Sql("ALTER TABLE \"Rounds\" DROP COLUMN \"DecidedAs\";");
        }
    }
}
