using System.Linq.Expressions;
using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Tilskudd.Storage;

/// <summary>
/// Questions nearly every page or mail asks. EF Core works such a question out at its first asking and keeps it; otherwise the question is put
/// together anew each time, searched for values and compared with those asked before, which costs more than most of the answers.
/// </summary>
internal static class Compiled
{
    /// <param name="query">Names every value it needs among its parameters: one it reaches out for is taken once, and never looked at again.</param>
    public static Func<TilskuddDb, IAsyncEnumerable<TRow>> Query<TRow>(Expression<Func<TilskuddDb, IQueryable<TRow>>> query)
    {
        var kept = new Kept<Func<TilskuddDb, IAsyncEnumerable<TRow>>>(() => EF.CompileAsyncQuery(query));
        return db => kept.For(db)(db);
    }

    /// <inheritdoc cref="Query{TRow}"/>
    public static Func<TilskuddDb, T1, IAsyncEnumerable<TRow>> Query<T1, TRow>(Expression<Func<TilskuddDb, T1, IQueryable<TRow>>> query)
    {
        var kept = new Kept<Func<TilskuddDb, T1, IAsyncEnumerable<TRow>>>(() => EF.CompileAsyncQuery(query));
        return (db, one) => kept.For(db)(db, one);
    }

    /// <inheritdoc cref="Query{TRow}"/>
    public static Func<TilskuddDb, T1, T2, IAsyncEnumerable<TRow>> Query<T1, T2, TRow>(Expression<Func<TilskuddDb, T1, T2, IQueryable<TRow>>> query)
    {
        var kept = new Kept<Func<TilskuddDb, T1, T2, IAsyncEnumerable<TRow>>>(() => EF.CompileAsyncQuery(query));
        return (db, one, two) => kept.For(db)(db, one, two);
    }

    /// <inheritdoc cref="Query{TRow}"/>
    public static Func<TilskuddDb, T1, T2, T3, IAsyncEnumerable<TRow>> Query<T1, T2, T3, TRow>(Expression<Func<TilskuddDb, T1, T2, T3, IQueryable<TRow>>> query)
    {
        var kept = new Kept<Func<TilskuddDb, T1, T2, T3, IAsyncEnumerable<TRow>>>(() => EF.CompileAsyncQuery(query));
        return (db, one, two, three) => kept.For(db)(db, one, two, three);
    }

    /// <inheritdoc cref="Query{TRow}"/>
    public static Func<TilskuddDb, T1, T2, T3, T4, IAsyncEnumerable<TRow>> Query<T1, T2, T3, T4, TRow>(Expression<Func<TilskuddDb, T1, T2, T3, T4, IQueryable<TRow>>> query)
    {
        var kept = new Kept<Func<TilskuddDb, T1, T2, T3, T4, IAsyncEnumerable<TRow>>>(() => EF.CompileAsyncQuery(query));
        return (db, one, two, three, four) => kept.For(db)(db, one, two, three, four);
    }

    // What EF Core has worked out is for one model, and for rows that are tracked or that are not.
    private sealed class Kept<T>(Func<T> workOut) where T : class
    {
        private readonly ConditionalWeakTable<IModel, T> _tracked = [];
        private readonly ConditionalWeakTable<IModel, T> _untracked = [];

        public T For(TilskuddDb db) => (db.ChangeTracker.QueryTrackingBehavior == QueryTrackingBehavior.TrackAll ? _tracked : _untracked).GetValue(db.Model, _ => workOut());
    }
}
