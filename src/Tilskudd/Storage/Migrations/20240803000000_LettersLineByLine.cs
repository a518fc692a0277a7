using System;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Tilskudd.Storage.Migrations
{
    /// <summary>A letter is paid in parts, asks for consent to changes, and its difference from the plans is laid on the tiltak.</summary>
    [DbContext(typeof(TilskuddDb))]
    [Migration("20240803000000_LettersLineByLine")]
    internal sealed class LettersLineByLine : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<bool>(
                name: "ChangesNeedConsent",
                table: "Tilskuddsbrev",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<string>(
                name: "SpreadBy",
                table: "Tilskuddsbrev",
                type: "TEXT",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "LetterLines",
                columns: table => new
                {
                    TiltakId = table.Column<Guid>(type: "TEXT", nullable: false),
                    TilskuddsbrevId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Amount = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_LetterLines", x => new { x.TilskuddsbrevId, x.TiltakId });
                    table.ForeignKey(
                        name: "FK_LetterLines_Tilskuddsbrev_TilskuddsbrevId",
                        column: x => x.TilskuddsbrevId,
                        principalTable: "Tilskuddsbrev",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "LetterPayments",
                columns: table => new
                {
                    Number = table.Column<int>(type: "INTEGER", nullable: false),
                    TilskuddsbrevId = table.Column<Guid>(type: "TEXT", nullable: false),
                    On = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    Amount = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_LetterPayments", x => new { x.TilskuddsbrevId, x.Number });
                    table.ForeignKey(
                        name: "FK_LetterPayments_Tilskuddsbrev_TilskuddsbrevId",
                        column: x => x.TilskuddsbrevId,
                        principalTable: "Tilskuddsbrev",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "LetterLines");

            migrationBuilder.DropTable(
                name: "LetterPayments");

            // In plain SQL: EF would build the table anew.
            migrationBuilder.Sql("ALTER TABLE \"Tilskuddsbrev\" DROP COLUMN \"ChangesNeedConsent\";");
            migrationBuilder.Sql("ALTER TABLE \"Tilskuddsbrev\" DROP COLUMN \"SpreadBy\";");
        }
    }
}
