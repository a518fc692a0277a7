using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Tilskudd.Storage.Migrations
{
    /// <summary>On what ground a case is dealt with behind closed doors.</summary>
    [DbContext(typeof(TilskuddDb))]
    [Migration("20240806001010_ClosedDoors")]
    internal sealed class ClosedDoors : Migration
    {
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "ClosedFor",
                table: "AgendaItems",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "ClosedText",
                table: "AgendaItems",
                type: "TEXT",
                nullable: false,
                defaultValue: "");
        }

        protected override void Down(MigrationBuilder migrationBuilder)
        {
            // In plain SQL: EF would build the table anew.
            migrationBuilder.Sql("ALTER TABLE \"AgendaItems\" DROP COLUMN \"ClosedFor\";");
            migrationBuilder.Sql("ALTER TABLE \"AgendaItems\" DROP COLUMN \"ClosedText\";");
        }
    }
}
