using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Tilskudd.Storage.Migrations;

/// <summary>The days a municipality's own office is closed.</summary>
[DbContext(typeof(TilskuddDb))]
[Migration("20240803000002_OfficeClosedDays")]
internal sealed class OfficeClosedDays : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable(
            name: "OfficeClosedDays",
            columns: table => new
            {
                Id = table.Column<Guid>(type: "TEXT", nullable: false),
                MunicipalityId = table.Column<Guid>(type: "TEXT", nullable: false),
                Day = table.Column<string>(type: "TEXT", nullable: false),
                Name = table.Column<string>(type: "TEXT", nullable: false),
                ToOn = table.Column<DateOnly>(type: "TEXT", nullable: true),
                Writes = table.Column<int>(type: "INTEGER", nullable: false),
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_OfficeClosedDays", day => day.Id);
                table.ForeignKey("FK_OfficeClosedDays_Municipalities_MunicipalityId", day => day.MunicipalityId, "Municipalities", "Id", onDelete: ReferentialAction.Restrict);
            });
        migrationBuilder.CreateIndex(name: "IX_OfficeClosedDays_MunicipalityId", table: "OfficeClosedDays", column: "MunicipalityId");
    }

    protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.DropTable(name: "OfficeClosedDays");
}
