using System.Data;
using System.Data.Common;
using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Metadata;
using Tilskudd.Storage;

namespace Tilskudd.Benchmarks;

/// <summary>A row as one commit wrote it: all its values where it is new, else its key and what changed.</summary>
internal sealed record SavedRow(IEntityType Type, EntityState State, IReadOnlyList<(IProperty Property, object? Value)> Key, IReadOnlyList<(IProperty Property, object? Value)> Values);

/// <summary>The rows of one commit, those that others point to first.</summary>
internal sealed record SavedCommit(IReadOnlyList<SavedRow> Rows);

/// <summary>
/// Notes what the application writes, commit by commit, so that the loops it is measured against write exactly the same. Its own time is kept
/// apart.
/// </summary>
internal sealed class Recorder : SaveChangesInterceptor
{
    private List<SavedCommit> _commits = [];
    private Dictionary<IEntityType, int>? _order;
    private SavedCommit? _pending;

    /// <summary>How long noting has taken since the last <see cref="Take"/>.</summary>
    public TimeSpan Spent { get; private set; }

    /// <summary>What was written since last time.</summary>
    public IReadOnlyList<SavedCommit> Take()
    {
        var taken = _commits;
        (_commits, Spent) = ([], TimeSpan.Zero);
        return taken;
    }

    public override ValueTask<InterceptionResult<int>> SavingChangesAsync(DbContextEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
    {
        var watch = Stopwatch.StartNew();
        var db = eventData.Context!;
        _order ??= Order(db.Model);
        var rows = db.ChangeTracker.Entries().Where(entry => entry.State is EntityState.Added or EntityState.Modified or EntityState.Deleted).Select(entry => new SavedRow(
            entry.Metadata, entry.State,
            [.. entry.Metadata.FindPrimaryKey()!.Properties.Select(property => (property, entry.Property(property).CurrentValue))],
            [.. entry.Properties.Where(property => entry.State == EntityState.Added || property.IsModified).Select(property => ((IProperty)property.Metadata, Kept(property.CurrentValue)))]));
        _pending = new SavedCommit([.. rows.OrderBy(row => _order[row.Type])]);
        Ground.Demand(_pending.Rows.Count > 0 && _pending.Rows.All(row => row.State != EntityState.Deleted), "Only commits that add and change rows can be written again.");
        Spent += watch.Elapsed;
        return ValueTask.FromResult(result);
    }

    public override ValueTask<int> SavedChangesAsync(SaveChangesCompletedEventData eventData, int result, CancellationToken cancellationToken = default)
    {
        _commits.Add(_pending!);
        return ValueTask.FromResult(result);
    }

    // A list may go on growing in the document it belongs to.
    private static object? Kept(object? value) => value is System.Collections.IList { IsFixedSize: false } list ? Activator.CreateInstance(list.GetType(), list) : value;

    private static Dictionary<IEntityType, int> Order(IModel model)
    {
        var order = new Dictionary<IEntityType, int>();
        foreach (var type in model.GetEntityTypes())
        {
            Place(type);
        }

        return order;

        void Place(IEntityType type)
        {
            if (order.TryAdd(type, -1))
            {
                foreach (var key in type.GetForeignKeys())
                {
                    Place(key.PrincipalEntityType);
                }

                order[type] = order.Values.Max() + 1;
            }
        }
    }
}

/// <summary>
/// The loop a person would write with EF Core and nothing else: for each commit a context, the documents that change read by their keys, the new
/// rows added, and one SaveChanges.
/// </summary>
internal sealed class BareEf(Ground ground)
{
    /// <summary>Writes commits again.</summary>
    /// <returns>How long it took, the making of the objects left out.</returns>
    public async Task<TimeSpan> Write(IReadOnlyList<SavedCommit> commits)
    {
        var made = commits.Select(commit => commit.Rows.Select(row => (row, row.State == EntityState.Added ? Make(row) : null)).ToList()).ToList();
        return await Harness.Time(async () =>
        {
            foreach (var commit in made)
            {
                await Write(commit);
            }
        });
    }

    private async Task Write(List<(SavedRow Row, object? New)> rows)
    {
        await using var db = await ground.Databases.CreateDbContextAsync();
        db.ChangeTracker.QueryTrackingBehavior = QueryTrackingBehavior.TrackAll;
        db.ChangeTracker.AutoDetectChangesEnabled = false;
        foreach (var (row, _) in rows.Where(row => row.New is null))
        {
            var entry = db.Entry(await db.FindAsync(row.Type.ClrType, [.. row.Key.Select(key => key.Value)]) ?? throw new InvalidOperationException($"{row.Type.DisplayName()} is not there to be changed."));
            foreach (var (property, value) in row.Values)
            {
                var changed = entry.Property(property);
                (changed.CurrentValue, changed.IsModified) = (value, true);
            }
        }

        foreach (var (row, added) in rows.Where(row => row.New is not null))
        {
            var entry = db.Entry(added!);
            foreach (var (property, value) in row.Values.Where(value => value.Property.IsShadowProperty()))
            {
                entry.Property(property).CurrentValue = value;
            }

            entry.State = EntityState.Added;
        }

        db.IsInsideDoor = true;
        await db.SaveChangesAsync();
        db.IsInsideDoor = false;
        db.ChangeTracker.AutoDetectChangesEnabled = true;
    }

    private static object Make(SavedRow row)
    {
        var made = Activator.CreateInstance(row.Type.ClrType, nonPublic: true)!;
        foreach (var (property, value) in row.Values)
        {
            if (property.FieldInfo is { } field)
            {
                field.SetValue(made, value);
            }
            else
            {
                property.PropertyInfo?.SetValue(made, value);
            }
        }

        return made;
    }
}

/// <summary>The loop with nothing between it and the database: prepared commands on one connection, a transaction for each commit.</summary>
internal sealed class RawLoop(DbConnection connection, TilskuddDb db) : IAsyncDisposable
{
    private readonly Dictionary<string, DbCommand> _commands = [];

    public static async Task<RawLoop> On(Ground ground) => new(await ground.Connect(), await ground.Databases.CreateDbContextAsync());

    /// <summary>Writes commits again.</summary>
    /// <returns>How long it took, the making of the commands left out.</returns>
    public async Task<TimeSpan> Write(IReadOnlyList<SavedCommit> commits)
    {
        var made = new List<List<(DbCommand Command, object?[] Values)>>();
        foreach (var commit in commits)
        {
            made.Add([.. commit.Rows.Select(Make)]);
        }

        return await Harness.Time(async () =>
        {
            foreach (var commit in made)
            {
                await Write(commit);
            }
        });
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var command in _commands.Values)
        {
            await command.DisposeAsync();
        }

        await db.DisposeAsync();
        await connection.DisposeAsync();
    }

    private async Task Write(List<(DbCommand Command, object?[] Values)> rows)
    {
        await using var transaction = await connection.BeginTransactionAsync(IsolationLevel.Serializable);
        foreach (var (command, values) in rows)
        {
            command.Transaction = transaction;
            for (var index = 0; index < values.Length; index++)
            {
                command.Parameters[index].Value = values[index];
            }

            Ground.Demand(await command.ExecuteNonQueryAsync() == 1, $"Nothing was written by: {command.CommandText}");
        }

        await transaction.CommitAsync();
    }

    // The values as the database has them, the model's conversions done.
    [SuppressMessage("Security", "CA2100", Justification = "Tables and columns are the model's own.")]
    private (DbCommand Command, object?[] Values) Make(SavedRow row)
    {
        var table = row.Type.GetTableName();
        var columns = row.Values.Select(value => $"\"{value.Property.GetColumnName()}\"").ToList();
        (IProperty Property, object? Value)[] all = row.State == EntityState.Added ? [.. row.Values] : [.. row.Values, .. row.Key];
        var sql = row.State == EntityState.Added
            ? $"INSERT INTO \"{table}\" ({string.Join(", ", columns)}) VALUES ({string.Join(", ", columns.Select((_, index) => $"@p{index}"))})"
            : $"UPDATE \"{table}\" SET {string.Join(", ", columns.Select((column, index) => $"{column} = @p{index}"))} WHERE {string.Join(" AND ", row.Key.Select((key, index) => $"\"{key.Property.GetColumnName()}\" = @p{columns.Count + index}"))}";
        if (!_commands.TryGetValue(sql, out var command))
        {
            command = connection.CreateCommand();
            command.CommandText = sql;
            foreach (var parameter in Parameters(command, all))
            {
                command.Parameters.Add(parameter);
            }

            command.Prepare();
            _commands.Add(sql, command);
        }

        return (command, [.. Parameters(command, all).Select(parameter => parameter.Value)]);
    }

    private static IEnumerable<DbParameter> Parameters(DbCommand command, (IProperty Property, object? Value)[] values) =>
        values.Select((value, index) => value.Property.GetRelationalTypeMapping().CreateParameter(command, $"@p{index}", value.Value, value.Property.IsNullable));
}
