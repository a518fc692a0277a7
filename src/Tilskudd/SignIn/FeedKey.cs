using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Tilskudd.Cycle.People;
using Tilskudd.Storage;

namespace Tilskudd.SignIn;

/// <summary>What is kept of the secret address a person's calendar program reads the deadlines at. A person has one that opens at a time.</summary>
internal sealed class FeedKey
{
    private FeedKey() { }

    public FeedKey(string hash, PersonId person, DateTimeOffset at) => (Hash, PersonId, MadeAt) = (hash, person, at);

    /// <summary>SHA-256 of the key in the address.</summary>
    public string Hash { get; private set; } = "";

    public PersonId PersonId { get; private set; }

    public DateTimeOffset MadeAt { get; private set; }

    public DateTimeOffset? EndedAt { get; private set; }

    public void End(DateTimeOffset at) => EndedAt ??= at;
}

internal sealed class FeedKeyTable : IEntityTypeConfiguration<FeedKey>
{
    public void Configure(EntityTypeBuilder<FeedKey> builder)
    {
        builder.ToTable("FeedKeys");
        builder.HasKey(key => key.Hash);
        builder.RefersTo<Person>(nameof(FeedKey.PersonId));
    }
}
