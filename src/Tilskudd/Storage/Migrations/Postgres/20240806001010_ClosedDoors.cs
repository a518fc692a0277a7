using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Tilskudd.Storage.Migrations.Postgres
{
    /// <summary>On what ground a case is dealt with behind closed doors.</summary>
    [DbContext(typeof(PostgresDb))]
    [Migration("20240806001010_ClosedDoors")]
    internal sealed class ClosedDoors : Migration
    {
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "ClosedFor",
                table: "AgendaItems",
                type: "text",
                nullable: true,
                collation: "C");

            migrationBuilder.AddColumn<string>(
                name: "ClosedText",
                table: "AgendaItems",
                type: "text",
                nullable: false,
                defaultValue: "",
                collation: "C");
        }

        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "ClosedFor",
                table: "AgendaItems");

            migrationBuilder.DropColumn(
                name: "ClosedText",
                table: "AgendaItems");
        }
    }
}
