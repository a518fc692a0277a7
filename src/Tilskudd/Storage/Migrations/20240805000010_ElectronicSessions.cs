using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Tilskudd.Storage.Migrations
{
    /// <summary>A session says whether it was begun with an electronic ID.</summary>
    [DbContext(typeof(TilskuddDb))]
    [Migration("20240805000010_ElectronicSessions")]
    internal sealed class ElectronicSessions : Migration
    {
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<bool>(
                name: "IsElectronic",
                table: "Sessions",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);
        }

        protected override void Down(MigrationBuilder migrationBuilder)
        {
            // In plain SQL: EF would build the table anew.
            migrationBuilder.Sql("ALTER TABLE \"Sessions\" DROP COLUMN \"IsElectronic\";");
        }
    }
}
