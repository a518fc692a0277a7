using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Tilskudd.Storage.Migrations;

/// <summary>The rest can be divided between the next year and the grantor; tiltak say their baseline, criteria whose money they are for, sources what was odd.</summary>
[DbContext(typeof(TilskuddDb))]
[Migration("20240801000002_SplitSettlement")]
internal sealed class SplitSettlement : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.AddColumn<long>(name: "CarriedOver", table: "Rapporter", type: "INTEGER", nullable: true);
        migrationBuilder.AddColumn<DateOnly>(name: "CarriedOverOn", table: "Rapporter", type: "TEXT", nullable: true);
        migrationBuilder.AddColumn<long>(name: "Repaid", table: "Rapporter", type: "INTEGER", nullable: true);
        migrationBuilder.AddColumn<DateOnly>(name: "RepaidOn", table: "Rapporter", type: "TEXT", nullable: true);
        migrationBuilder.Sql("UPDATE \"Rapporter\" SET \"CarriedOver\" = \"SettledAmount\", \"CarriedOverOn\" = \"SettledOn\" WHERE \"Settled\" = 'CarriedOver';");
        migrationBuilder.Sql("UPDATE \"Rapporter\" SET \"Repaid\" = \"SettledAmount\", \"RepaidOn\" = \"SettledOn\" WHERE \"Settled\" = 'Repaid';");

        // In plain SQL: EF would build the table anew, and the guarded versions hang on it.
        foreach (var column in new[] { "Settled", "SettledAmount", "SettledOn" })
        {
            migrationBuilder.Sql($"ALTER TABLE \"Rapporter\" DROP COLUMN \"{column}\";");
        }

        migrationBuilder.AddColumn<string>(name: "Baseline", table: "Tiltak", type: "TEXT", nullable: false, defaultValue: "");
        migrationBuilder.AddColumn<bool>(name: "HasNoBaseline", table: "Tiltak", type: "INTEGER", nullable: false, defaultValue: false);
        migrationBuilder.AddColumn<string>(name: "SourceCode", table: "Criteria", type: "TEXT", nullable: false, defaultValue: "");
        migrationBuilder.AddColumn<string>(name: "Remarks", table: "FundingSources", type: "TEXT", nullable: false, defaultValue: "[]");
    }

    /// <remarks>What was divided in two cannot stand in one column: there the part repaid, which came last, is what is kept.</remarks>
    protected override void Down(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.AddColumn<string>(name: "Settled", table: "Rapporter", type: "TEXT", nullable: true);
        migrationBuilder.AddColumn<long>(name: "SettledAmount", table: "Rapporter", type: "INTEGER", nullable: true);
        migrationBuilder.AddColumn<DateOnly>(name: "SettledOn", table: "Rapporter", type: "TEXT", nullable: true);
        migrationBuilder.Sql("UPDATE \"Rapporter\" SET \"Settled\" = 'CarriedOver', \"SettledAmount\" = \"CarriedOver\", \"SettledOn\" = \"CarriedOverOn\" WHERE \"CarriedOver\" IS NOT NULL;");
        migrationBuilder.Sql("UPDATE \"Rapporter\" SET \"Settled\" = 'Repaid', \"SettledAmount\" = \"Repaid\", \"SettledOn\" = \"RepaidOn\" WHERE \"Repaid\" IS NOT NULL;");
        foreach (var (table, column) in new[]
        {
            ("Rapporter", "CarriedOver"), ("Rapporter", "CarriedOverOn"), ("Rapporter", "Repaid"), ("Rapporter", "RepaidOn"),
            ("Tiltak", "Baseline"), ("Tiltak", "HasNoBaseline"), ("Criteria", "SourceCode"), ("FundingSources", "Remarks"),
        })
        {
            migrationBuilder.Sql($"ALTER TABLE \"{table}\" DROP COLUMN \"{column}\";");
        }
    }
}
