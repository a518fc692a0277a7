using Tilskudd.Cycle.Approval;
using Tilskudd.Cycle.People;

namespace Tilskudd.Demo;

/// <summary>
/// Someone made up for the demonstration: the name is drawn by chance, and the address ends in <c>.example</c>, where no mail
/// can go.
/// </summary>
/// <param name="Name">Given name and family name.</param>
/// <param name="Email">In lower case, a–z only, unique.</param>
/// <param name="Language">nb, nn or en.</param>
internal sealed record InventedPerson(string Name, string Email, string Language)
{
    /// <summary>The mark that follows every made-up person and figure on a page.</summary>
    public const string Mark = "oppdiktet";
}

/// <summary>A made-up person with a role outside the body.</summary>
/// <param name="Role">The role.</param>
/// <param name="For">The plan unit of a coordinator, the code of a contact's grantor; else empty.</param>
/// <param name="Person">Who has it.</param>
internal sealed record InventedRole(Role Role, string For, InventedPerson Person);

/// <summary>A made-up seat in the political group, or in another body.</summary>
/// <param name="Role">Leader, deputy leader, member, deputy or observer.</param>
/// <param name="Group">The letter of the party or list it is filled from, from a set no party uses; empty where none is.</param>
/// <param name="Order">A deputy's place in the group's line, from 1; null for the others.</param>
/// <param name="Person">Who sits there.</param>
internal sealed record InventedSeat(SeatRole Role, string Group, int? Order, InventedPerson Person);

/// <summary>Everyone made up for one programme.</summary>
/// <param name="Roles">Those who prepare, keep the accounts and receive.</param>
/// <param name="Seats">The political group, members before deputies; nobody where boards decide.</param>
/// <param name="Internal">The group of the administration that recommends first; none in most programmes.</param>
internal sealed record InventedCast(IReadOnlyList<InventedRole> Roles, IReadOnlyList<InventedSeat> Seats, IReadOnlyList<InventedSeat> Internal)
{
    /// <summary>The boards that decide in the political group's place; none in most programmes.</summary>
    public IReadOnlyList<IReadOnlyList<InventedSeat>> Boards { get; init; } = [];

    /// <summary>Everyone with a seat, in the order of the bodies.</summary>
    public IEnumerable<InventedSeat> Seated => Seats.Concat(Internal).Concat(Boards.SelectMany(board => board));

    public IEnumerable<InventedPerson> Everyone => Roles.Select(role => role.Person).Concat(Seated.Select(seat => seat.Person));

    /// <summary>The person with a role, for a plan unit or grantor where the role has one.</summary>
    /// <exception cref="InvalidOperationException">Nobody in the cast has it.</exception>
    public InventedPerson With(Role role, string @for = "") => Roles.First(held => held.Role == role && held.For == @for).Person;
}
