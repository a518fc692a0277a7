using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Tilskudd.Cycle.People;
using Tilskudd.Storage;

namespace Tilskudd.SignIn;

internal sealed class SignInTicketTable : IEntityTypeConfiguration<SignInTicket>
{
    public void Configure(EntityTypeBuilder<SignInTicket> builder)
    {
        builder.ToTable("SignInTickets");
        builder.HasKey(ticket => ticket.Hash);
        builder.CountsWrites();
        builder.RefersTo<Person>(nameof(SignInTicket.PersonId));
    }
}

internal sealed class SignInWishTable : IEntityTypeConfiguration<SignInWish>
{
    public void Configure(EntityTypeBuilder<SignInWish> builder) => builder.ToTable("SignInWishes");
}

internal sealed class SessionTable : IEntityTypeConfiguration<Session>
{
    public void Configure(EntityTypeBuilder<Session> builder)
    {
        builder.ToTable("Sessions");
        builder.HasKey(session => session.Hash);
        builder.RefersTo<Person>(nameof(Session.PersonId));
    }
}
