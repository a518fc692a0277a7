using Microsoft.EntityFrameworkCore;

namespace Tilskudd.Storage;

/// <summary>
/// The same tables on PostgreSQL. It is a type of its own because EF Core finds a database's migrations by its type. Text is compared
/// and ordered byte by byte as on SQLite, whatever language the server was set up for.
/// </summary>
internal sealed class PostgresDb(DbContextOptions options) : TilskuddDb(options)
{
    private const string ByteByByte = "C";

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        base.ConfigureConventions(configurationBuilder);
        configurationBuilder.Properties<string>().UseCollation(ByteByByte);
        configurationBuilder.Properties<Enum>().UseCollation(ByteByByte);
    }
}
