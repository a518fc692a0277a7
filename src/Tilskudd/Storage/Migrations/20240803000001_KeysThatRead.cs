using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Tilskudd.Storage.Migrations;

/// <summary>The keys that read without signing in: of calendar programs, and of the API.</summary>
[DbContext(typeof(TilskuddDb))]
[Migration("20240803000001_KeysThatRead")]
internal sealed class KeysThatRead : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable(
            name: "FeedKeys",
            columns: table => new
            {
                Hash = table.Column<string>(type: "TEXT", nullable: false),
                PersonId = table.Column<Guid>(type: "TEXT", nullable: false),
                MadeAt = table.Column<DateTime>(type: "TEXT", nullable: false),
                EndedAt = table.Column<DateTime>(type: "TEXT", nullable: true),
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_FeedKeys", key => key.Hash);
                table.ForeignKey("FK_FeedKeys_People_PersonId", key => key.PersonId, "People", "Id", onDelete: ReferentialAction.Restrict);
            });
        migrationBuilder.CreateIndex(name: "IX_FeedKeys_PersonId", table: "FeedKeys", column: "PersonId");
        migrationBuilder.CreateTable(
            name: "ApiKeys",
            columns: table => new
            {
                Id = table.Column<Guid>(type: "TEXT", nullable: false),
                Name = table.Column<string>(type: "TEXT", nullable: false),
                Hash = table.Column<string>(type: "TEXT", nullable: false),
                OwnerId = table.Column<Guid>(type: "TEXT", nullable: false),
                ReadsTrail = table.Column<bool>(type: "INTEGER", nullable: false),
                MadeAt = table.Column<DateTime>(type: "TEXT", nullable: false),
                EndedAt = table.Column<DateTime>(type: "TEXT", nullable: true),
                Writes = table.Column<int>(type: "INTEGER", nullable: false),
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_ApiKeys", key => key.Id);
                table.ForeignKey("FK_ApiKeys_People_OwnerId", key => key.OwnerId, "People", "Id", onDelete: ReferentialAction.Restrict);
            });
        migrationBuilder.CreateIndex(name: "IX_ApiKeys_Hash", table: "ApiKeys", column: "Hash", unique: true);
        migrationBuilder.CreateIndex(name: "IX_ApiKeys_OwnerId", table: "ApiKeys", column: "OwnerId");
    }

    protected override void Down(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.DropTable(name: "ApiKeys");
        migrationBuilder.DropTable(name: "FeedKeys");
    }
}
