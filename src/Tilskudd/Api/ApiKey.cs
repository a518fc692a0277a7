using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Tilskudd.Cycle;
using Tilskudd.Cycle.People;
using Tilskudd.Storage;

namespace Tilskudd.Api;

internal readonly record struct ApiKeyId(Guid Value) : IId<ApiKeyId>
{
    public static ApiKeyId From(Guid value) => new(value);

    public override string ToString() => Value.ToString();
}

/// <summary>What is kept of a key to the API. It reads what its owner sees, and writes nothing.</summary>
internal sealed class ApiKey
{
    private ApiKey() { }

    public ApiKey(ApiKeyId id, string name, string hash, PersonId owner, bool readsTrail, DateTimeOffset at) =>
        (Id, Name, Hash, OwnerId, ReadsTrail, MadeAt) = (id, name, hash, owner, readsTrail, at);

    public ApiKeyId Id { get; private set; }

    /// <summary>What it is for.</summary>
    public string Name { get; private set; } = "";

    /// <summary>SHA-256 of the key.</summary>
    public string Hash { get; private set; } = "";

    /// <summary>The person whose view it has; when that person is ended, the key opens nothing.</summary>
    public PersonId OwnerId { get; private set; }

    /// <summary>Whether the trail is among what it reads.</summary>
    public bool ReadsTrail { get; private set; }

    public DateTimeOffset MadeAt { get; private set; }

    public DateTimeOffset? EndedAt { get; private set; }

    public void End(DateTimeOffset at) => EndedAt ??= at;
}

internal sealed class ApiKeyTable : IEntityTypeConfiguration<ApiKey>
{
    public void Configure(EntityTypeBuilder<ApiKey> builder)
    {
        builder.ToTable("ApiKeys");
        builder.CountsWrites();
        builder.RefersTo<Person>(nameof(ApiKey.OwnerId));
        builder.HasIndex(key => key.Hash).IsUnique();
    }
}
