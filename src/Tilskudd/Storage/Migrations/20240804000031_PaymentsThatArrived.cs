using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Tilskudd.Storage.Migrations;

/// <summary>Which of a grant's money has come, and when.</summary>
[DbContext(typeof(TilskuddDb))]
[Migration("20240804000031_PaymentsThatArrived")]
internal sealed class PaymentsThatArrived : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable(
            name: "PaymentArrivals",
            columns: table => new
            {
                GrantId = table.Column<Guid>(type: "TEXT", nullable: false),
                Number = table.Column<int>(type: "INTEGER", nullable: false),
                ArrivedOn = table.Column<DateOnly>(type: "TEXT", nullable: false),
                Amount = table.Column<long>(type: "INTEGER", nullable: false),
                RegisteredBy = table.Column<Guid>(type: "TEXT", nullable: false),
                RegisteredAt = table.Column<DateTime>(type: "TEXT", nullable: false),
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_PaymentArrivals", arrival => new { arrival.GrantId, arrival.Number });
                table.ForeignKey("FK_PaymentArrivals_Grants_GrantId", arrival => arrival.GrantId, "Grants", "Id", onDelete: ReferentialAction.Restrict);
                table.ForeignKey("FK_PaymentArrivals_People_RegisteredBy", arrival => arrival.RegisteredBy, "People", "Id", onDelete: ReferentialAction.Restrict);
            });
        migrationBuilder.CreateIndex(name: "IX_PaymentArrivals_RegisteredBy", table: "PaymentArrivals", column: "RegisteredBy");
    }

    protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.DropTable(name: "PaymentArrivals");
}
