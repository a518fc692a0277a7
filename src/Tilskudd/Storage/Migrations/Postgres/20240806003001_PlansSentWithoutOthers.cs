using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Tilskudd.Storage.Migrations.Postgres
{
    /// <summary>Why gathered plans were sent before all of them were approved.</summary>
    [DbContext(typeof(PostgresDb))]
    [Migration("20240806003001_PlansSentWithoutOthers")]
    internal sealed class PlansSentWithoutOthers : Migration
    {
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "WithoutReason",
                table: "Grants",
                type: "text",
                nullable: false,
                defaultValue: "",
                collation: "C");
        }

        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "WithoutReason",
                table: "Grants");
        }
    }
}
