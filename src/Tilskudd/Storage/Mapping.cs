using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Tilskudd.Storage;

/// <summary>The words in which tables are described: documents and their parts, references between documents, and write counters.</summary>
internal static class Mapping
{
    /// <summary>Name of the hidden column that counts the writes to a document and its parts.</summary>
    public const string Writes = "Writes";

    /// <summary>A document's parts: loaded with it always, deleted with it, and kept in the field behind the read-only list.</summary>
    public static void HasParts<TWhole, TPart>(this EntityTypeBuilder<TWhole> whole, Expression<Func<TWhole, IEnumerable<TPart>?>> parts, params string[] foreignKey)
        where TWhole : class
        where TPart : class
    {
        whole.HasMany(parts).WithOne().HasForeignKey(foreignKey).IsRequired().OnDelete(DeleteBehavior.Cascade);
        var navigation = whole.Navigation(parts);
        navigation.UsePropertyAccessMode(PropertyAccessMode.Field);
        navigation.AutoInclude();
    }

    /// <summary>A reference to another document, which cannot be deleted while the reference stands.</summary>
    public static void RefersTo<TOther>(this EntityTypeBuilder from, params string[] foreignKey) where TOther : class =>
        from.HasOne(typeof(TOther)).WithMany().HasForeignKey(foreignKey).OnDelete(DeleteBehavior.Restrict);

    /// <summary>Two writers of the same document, or of parts of it, cannot both succeed from the same starting point.</summary>
    public static void CountsWrites(this EntityTypeBuilder document) => document.Property<int>(Writes).IsConcurrencyToken();

    /// <summary>What holds for every table: keys come from the house's own source, never from the database. What lies in a column of its owner has its place there for a key.</summary>
    public static void Finish(IMutableModel model)
    {
        foreach (var property in model.GetEntityTypes().Where(entity => !entity.IsMappedToJson()).SelectMany(entity => entity.GetProperties()).Where(property => property.IsPrimaryKey()))
        {
            property.ValueGenerated = ValueGenerated.Never;
        }
    }
}
