using System;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Tilskudd.Storage.Migrations
{
    /// <summary>Several boards may be asked at the same time: each later round points to the first.</summary>
    [DbContext(typeof(TilskuddDb))]
    [Migration("20240804000000_RoundsTogether")]
    internal sealed class RoundsTogether : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<Guid>(
                name: "FirstId",
                table: "Rounds",
                type: "TEXT",
                nullable: true);

            migrationBuilder.CreateIndex(
                name: "IX_Rounds_FirstId",
                table: "Rounds",
                column: "FirstId");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Rounds_FirstId",
                table: "Rounds");

            // In plain SQL: EF would build the table anew.
            migrationBuilder.Sql("ALTER TABLE \"Rounds\" DROP COLUMN \"FirstId\";");
        }
    }
}
