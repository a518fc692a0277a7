using System;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Tilskudd.Storage.Migrations
{
    /// <summary>A plan may have files beside it.</summary>
    [DbContext(typeof(TilskuddDb))]
    [Migration("20240805000020_AttachmentsOfPlans")]
    internal sealed class AttachmentsOfPlans : Migration
    {
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "Attachments",
                table: "Handlingsplaner",
                type: "TEXT",
                nullable: true,
                defaultValue: "[]");

            migrationBuilder.CreateTable(
                name: "StoredFiles",
                columns: table => new
                {
                    Sha256 = table.Column<string>(type: "TEXT", nullable: false),
                    Bytes = table.Column<byte[]>(type: "BLOB", nullable: false),
                    At = table.Column<DateTime>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_StoredFiles", x => x.Sha256);
                });
        }

        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "StoredFiles");

            // In plain SQL: EF would build the table anew.
            migrationBuilder.Sql("ALTER TABLE \"Handlingsplaner\" DROP COLUMN \"Attachments\";");
        }
    }
}
