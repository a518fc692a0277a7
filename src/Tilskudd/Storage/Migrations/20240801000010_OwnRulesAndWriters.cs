using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Tilskudd.Storage.Migrations
{
    /// <summary>A programme's own ladders, bodies and limits; who wrote in a document; and the words of published flows.</summary>
    [DbContext(typeof(TilskuddDb))]
    [Migration("20240801000010_OwnRulesAndWriters")]
    internal sealed partial class OwnRulesAndWriters : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "Writers",
                table: "Rapporter",
                type: "TEXT",
                nullable: false,
                defaultValue: "[]");

            migrationBuilder.AddColumn<string>(
                name: "Writers",
                table: "Handlingsplaner",
                type: "TEXT",
                nullable: false,
                defaultValue: "[]");

            migrationBuilder.AddColumn<string>(
                name: "Words",
                table: "Definitions",
                type: "TEXT",
                nullable: false,
                defaultValue: "[]");

            migrationBuilder.CreateTable(
                name: "LimitsOverrides",
                columns: table => new
                {
                    ProgrammeId = table.Column<Guid>(type: "TEXT", nullable: false),
                    LetterPercent = table.Column<decimal>(type: "TEXT", nullable: true),
                    LetterAmount = table.Column<long>(type: "INTEGER", nullable: true),
                    AuditorFrom = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_LimitsOverrides", x => x.ProgrammeId);
                    table.ForeignKey(
                        name: "FK_LimitsOverrides_Programmes_ProgrammeId",
                        column: x => x.ProgrammeId,
                        principalTable: "Programmes",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "StepOverrides",
                columns: table => new
                {
                    ProgrammeId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Key = table.Column<string>(type: "TEXT", nullable: false),
                    Remind = table.Column<string>(type: "TEXT", nullable: true),
                    Escalate = table.Column<string>(type: "TEXT", nullable: true),
                    Body = table.Column<string>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_StepOverrides", x => new { x.ProgrammeId, x.Key });
                    table.ForeignKey(
                        name: "FK_StepOverrides_Programmes_ProgrammeId",
                        column: x => x.ProgrammeId,
                        principalTable: "Programmes",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            // What is known of who wrote before this was kept: the last who saved, and those who made versions of it.
            foreach (var (table, versions, key) in new[] { ("Handlingsplaner", "HandlingsplanVersions", "HandlingsplanId"), ("Rapporter", "RapportVersions", "RapportId") })
            {
                migrationBuilder.Sql(
                    $"UPDATE \"{table}\" SET \"Writers\" = (SELECT json_group_array(lower(\"Writer\")) FROM (SELECT \"SavedBy\" AS \"Writer\" WHERE \"SavedBy\" IS NOT NULL "
                    + $"UNION SELECT \"FrozenBy\" FROM \"{versions}\" WHERE \"{versions}\".\"{key}\" = \"{table}\".\"Id\"))");
            }
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "LimitsOverrides");

            migrationBuilder.DropTable(
                name: "StepOverrides");

            migrationBuilder.DropColumn(
                name: "Writers",
                table: "Rapporter");

            migrationBuilder.DropColumn(
                name: "Writers",
                table: "Handlingsplaner");

            migrationBuilder.DropColumn(
                name: "Words",
                table: "Definitions");
        }
    }
}
