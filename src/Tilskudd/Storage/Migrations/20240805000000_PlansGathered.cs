using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Tilskudd.Storage.Migrations
{
    /// <summary>A grant may answer several plans, sent together.</summary>
    [DbContext(typeof(TilskuddDb))]
    [Migration("20240805000000_PlansGathered")]
    internal sealed class PlansGathered : Migration
    {
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "Others",
                table: "Submissions",
                type: "TEXT",
                nullable: true,
                defaultValue: "[]");

            migrationBuilder.AddColumn<bool>(
                name: "IsGathered",
                table: "Rapporter",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<bool>(
                name: "IsGathered",
                table: "Grants",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<string>(
                name: "OtherPlans",
                table: "Grants",
                type: "TEXT",
                nullable: false,
                defaultValue: "[]");
        }

        protected override void Down(MigrationBuilder migrationBuilder)
        {
            // In plain SQL: EF would build the tables anew.
            migrationBuilder.Sql("ALTER TABLE \"Submissions\" DROP COLUMN \"Others\";");
            migrationBuilder.Sql("ALTER TABLE \"Rapporter\" DROP COLUMN \"IsGathered\";");
            migrationBuilder.Sql("ALTER TABLE \"Grants\" DROP COLUMN \"IsGathered\";");
            migrationBuilder.Sql("ALTER TABLE \"Grants\" DROP COLUMN \"OtherPlans\";");
        }
    }
}
