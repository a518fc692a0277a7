using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Tilskudd.Cycle.People;
using Tilskudd.Cycle.Year;

namespace Tilskudd.Storage.Tables;

internal sealed class PersonTable : IEntityTypeConfiguration<Person>
{
    public void Configure(EntityTypeBuilder<Person> builder)
    {
        builder.ToTable("People");
        builder.CountsWrites();
        builder.HasIndex(person => person.Email).IsUnique();
    }
}

internal sealed class RoleTable : IEntityTypeConfiguration<RoleAssignment>
{
    public void Configure(EntityTypeBuilder<RoleAssignment> builder)
    {
        builder.ToTable("Roles");
        builder.CountsWrites();
        builder.RefersTo<Person>(nameof(RoleAssignment.PersonId));
        builder.RefersTo<Programme>(nameof(RoleAssignment.ProgrammeId));
        builder.RefersTo<PlanUnit>(nameof(RoleAssignment.PlanUnitId));
        builder.RefersTo<Grantor>(nameof(RoleAssignment.GrantorId));
    }
}

internal sealed class BodyTable : IEntityTypeConfiguration<Body>
{
    public void Configure(EntityTypeBuilder<Body> builder)
    {
        builder.ToTable("Bodies");
        builder.CountsWrites();
        builder.Ignore(body => body.Mandate);
        builder.RefersTo<Programme>(nameof(Body.ProgrammeId));
        builder.RefersTo<PlanUnit>(nameof(Body.PlanUnitId));
        builder.HasParts(body => body.Seats, "BodyId");
        
        // Of those that last there is one to a key; those that are ended stand beside it.
        builder.HasIndex(body => new { body.ProgrammeId, body.PlanUnitId, body.Key });
    }
}

internal sealed class SubstituteTable : IEntityTypeConfiguration<Substitute>
{
    public void Configure(EntityTypeBuilder<Substitute> builder)
    {
        builder.ToTable("Substitutes");
        builder.CountsWrites();
        builder.RefersTo<Body>(nameof(Substitute.BodyId));
        builder.RefersTo<Seat>(nameof(Substitute.SeatId));
        builder.RefersTo<Person>(nameof(Substitute.PersonId));
        builder.RefersTo<Person>(nameof(Substitute.StandInId));
        builder.RefersTo<Person>(nameof(Substitute.RegisteredBy));
        builder.HasIndex(named => named.EndedAt);
    }
}

internal sealed class SeatTable : IEntityTypeConfiguration<Seat>
{
    public void Configure(EntityTypeBuilder<Seat> builder)
    {
        builder.ToTable("Seats");
        builder.Property<BodyId>("BodyId");
        builder.RefersTo<Person>(nameof(Seat.PersonId));
        builder.RefersTo<Seat>(nameof(Seat.StandsInFor));
        builder.HasIndex("BodyId", nameof(Seat.Number)).IsUnique();
    }
}
