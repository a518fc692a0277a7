using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
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

    /// <summary>A short list of values in a column of their whole, as JSON. Read with the whole in the same question, and never asked into.</summary>
    public static void IsListInColumn<T>(this PropertyBuilder<List<T>> list) => list.HasConversion(new ListConversion<T>(), new ListComparer<List<T>, T>());

    /// <summary>A reference to another document, which cannot be deleted while the reference stands.</summary>
    public static void RefersTo<TOther>(this EntityTypeBuilder from, params string[] foreignKey) where TOther : class =>
        from.HasOne(typeof(TOther)).WithMany().HasForeignKey(foreignKey).OnDelete(DeleteBehavior.Restrict);

    /// <summary>Two writers of the same document, or of parts of it, cannot both succeed from the same starting point.</summary>
    public static void CountsWrites(this EntityTypeBuilder document) => document.Property<int>(Writes).IsConcurrencyToken();

    /// <summary>What holds for every table: keys come from the house's own source, never from the database, and lists are compared by <see cref="ListComparer{TList, T}"/>.</summary>
    public static void Finish(IMutableModel model)
    {
        foreach (var property in model.GetEntityTypes().SelectMany(entity => entity.GetProperties()).Where(property => property.IsPrimaryKey()))
        {
            property.ValueGenerated = ValueGenerated.Never;
        }

        foreach (var property in model.GetEntityTypes().SelectMany(entity => entity.GetProperties()))
        {
            if (property.GetElementType() is { } element)
            {
                property.SetValueComparer(typeof(ListComparer<,>).MakeGenericType(property.ClrType, element.ClrType));
            }
        }
    }
}

/// <summary>Whether a list of values has changed. EF Core's own makes a delegate anew for each list it compares.</summary>
internal sealed class ListComparer<TList, T>() : ValueComparer<TList>((one, other) => Same(one, other), list => Hash(list), list => Copy(list))
    where TList : class, IReadOnlyList<T>
{
    private static bool Same(TList? one, TList? other) => one == other || (one is not null && other is not null && one.SequenceEqual(other));

    private static int Hash(TList list) => list.Aggregate(0, HashCode.Combine);

    private static TList Copy(TList list) => (TList)(object)list.ToList();
}
