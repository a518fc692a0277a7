using System;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Tilskudd.Storage.Migrations
{
    /// <summary>A plan is changed during its year, and an amount revised; a line of a letter knows what was planned.</summary>
    [DbContext(typeof(TilskuddDb))]
    [Migration("20240803000010_ChangesOfPlans")]
    internal sealed class ChangesOfPlans : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<long>(
                name: "Planned",
                table: "LetterLines",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.AddColumn<long>(
                name: "Revised",
                table: "Grants",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "PlanChanges",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    GrantId = table.Column<Guid>(type: "TEXT", nullable: false),
                    PlanId = table.Column<Guid>(type: "TEXT", nullable: false),
                    PlanUnitId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Year = table.Column<int>(type: "INTEGER", nullable: false),
                    Reason = table.Column<string>(type: "TEXT", nullable: false),
                    Text = table.Column<string>(type: "TEXT", nullable: false),
                    Amount = table.Column<long>(type: "INTEGER", nullable: true),
                    FromVersion = table.Column<int>(type: "INTEGER", nullable: false),
                    OpenedBy = table.Column<Guid>(type: "TEXT", nullable: false),
                    OpenedAt = table.Column<DateTime>(type: "TEXT", nullable: false),
                    IsConsentedTo = table.Column<bool>(type: "INTEGER", nullable: true),
                    ConsentText = table.Column<string>(type: "TEXT", nullable: false),
                    ConsentAt = table.Column<DateTime>(type: "TEXT", nullable: true),
                    Writes = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_PlanChanges", x => x.Id);
                    table.ForeignKey(
                        name: "FK_PlanChanges_Grants_GrantId",
                        column: x => x.GrantId,
                        principalTable: "Grants",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_PlanChanges_Handlingsplaner_PlanId",
                        column: x => x.PlanId,
                        principalTable: "Handlingsplaner",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_PlanChanges_People_OpenedBy",
                        column: x => x.OpenedBy,
                        principalTable: "People",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_PlanChanges_PlanUnits_PlanUnitId",
                        column: x => x.PlanUnitId,
                        principalTable: "PlanUnits",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateIndex(
                name: "IX_PlanChanges_GrantId",
                table: "PlanChanges",
                column: "GrantId");

            migrationBuilder.CreateIndex(
                name: "IX_PlanChanges_OpenedBy",
                table: "PlanChanges",
                column: "OpenedBy");

            migrationBuilder.CreateIndex(
                name: "IX_PlanChanges_PlanId",
                table: "PlanChanges",
                column: "PlanId");

            migrationBuilder.CreateIndex(
                name: "IX_PlanChanges_PlanUnitId_Year",
                table: "PlanChanges",
                columns: new[] { "PlanUnitId", "Year" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "PlanChanges");

            // In plain SQL: EF would build the tables anew.
            migrationBuilder.Sql("ALTER TABLE \"LetterLines\" DROP COLUMN \"Planned\";");
            migrationBuilder.Sql("ALTER TABLE \"Grants\" DROP COLUMN \"Revised\";");
        }
    }
}
