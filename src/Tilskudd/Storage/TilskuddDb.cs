using Microsoft.EntityFrameworkCore;
using NodaTime;
using Tilskudd.Cycle;
using Tilskudd.Cycle.Approval;
using Tilskudd.Cycle.Award;
using Tilskudd.Cycle.Meetings;
using Tilskudd.Cycle.People;
using Tilskudd.Cycle.Planning;
using Tilskudd.Cycle.Reporting;
using Tilskudd.Cycle.Year;
using Tilskudd.Trail;

namespace Tilskudd.Storage;

/// <summary>
/// All that is kept about every grant year. Pages read through it; only <see cref="Door"/> saves.
/// A document always comes with its parts (tiltak, budget, versions …), so that a rule never sees half of one.
/// </summary>
internal class TilskuddDb(DbContextOptions options) : DbContext(options)
{
    public DbSet<Municipality> Municipalities => Set<Municipality>();

    public DbSet<Programme> Programmes => Set<Programme>();

    public DbSet<PlanUnit> PlanUnits => Set<PlanUnit>();

    public DbSet<Criterion> Criteria => Set<Criterion>();

    public DbSet<Grantor> Grantors => Set<Grantor>();

    public DbSet<FundingSource> FundingSources => Set<FundingSource>();

    public DbSet<Person> People => Set<Person>();

    public DbSet<RoleAssignment> Roles => Set<RoleAssignment>();

    public DbSet<Body> Bodies => Set<Body>();

    public DbSet<Handlingsplan> Handlingsplaner => Set<Handlingsplan>();

    public DbSet<Round> Rounds => Set<Round>();

    public DbSet<Meeting> Meetings => Set<Meeting>();

    public DbSet<Deadline> Deadlines => Set<Deadline>();

    public DbSet<Grant> Grants => Set<Grant>();

    public DbSet<Rapport> Rapporter => Set<Rapport>();

    public DbSet<TrailEntry> Trail => Set<TrailEntry>();

    /// <summary>Set by the door alone, while it saves.</summary>
    internal bool IsInsideDoor { get; set; }

    public override int SaveChanges(bool acceptAllChangesOnSuccess) =>
        throw new InvalidOperationException("Nothing is saved synchronously; write through the Door.");

    public override Task<int> SaveChangesAsync(bool acceptAllChangesOnSuccess, CancellationToken cancellationToken = default) => IsInsideDoor
        ? base.SaveChangesAsync(acceptAllChangesOnSuccess, cancellationToken)
        : throw new InvalidOperationException("Only the Door saves: it alone writes the trail with the facts, in one transaction.");

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        foreach (var id in IdTypes())
        {
            configurationBuilder.Properties(id).HaveConversion(typeof(IdConversion<>).MakeGenericType(id));
        }

        configurationBuilder.Properties<Money>().HaveConversion<MoneyConversion>();
        configurationBuilder.Properties<GrantYear>().HaveConversion<GrantYearConversion>();
        configurationBuilder.Properties<DateTimeOffset>().HaveConversion<InstantConversion>();
        configurationBuilder.Properties<LocalDate>().HaveConversion<LocalDateConversion>();
        configurationBuilder.Properties<LocalTime>().HaveConversion<LocalTimeConversion>();
        configurationBuilder.Properties<Enum>().HaveConversion<string>();
    }

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.ApplyConfigurationsFromAssembly(typeof(TilskuddDb).Assembly);
        Mapping.Finish(modelBuilder.Model);
    }

    private static IEnumerable<Type> IdTypes() => new[] { typeof(IId<>).Assembly, typeof(TilskuddDb).Assembly }
        .SelectMany(assembly => assembly.GetTypes())
        .Where(type => type.IsValueType && type.GetInterfaces().Any(known => known.IsGenericType && known.GetGenericTypeDefinition() == typeof(IId<>)));
}
