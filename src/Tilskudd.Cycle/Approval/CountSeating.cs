namespace Tilskudd.Cycle.Approval;

/// <summary>Who sits at the table for one ballot: rules 1 and 2 of the count.</summary>
internal sealed class CountSeating
{
    private readonly Ballot _ballot;
    private readonly HashSet<string> _outPersons;

    public CountSeating(Ballot ballot)
    {
        _ballot = ballot;
        _outPersons = [.. ballot.Inhabil, .. ballot.Absent, .. ballot.Drafters];
        Body = [.. ballot.Seats.Where(IsOfTheBody)];
        Substitutions = ballot.Regime == Regime.Administrativ ? [] : Substitute();

        var steppedIn = Substitutions.Select(substitution => substitution.Deputy).ToHashSet(ReferenceEqualityComparer.Instance);
        Entitled = [.. ballot.Seats.Where(seat => (IsOfTheBody(seat) && !IsOut(seat)) || steppedIn.Contains(seat))];
    }

    /// <summary>The seats of the body.</summary>
    public IReadOnlyList<BallotSeat> Body { get; }

    /// <summary>Rule 1. The size is every seat of the body, vacant ones too (kommuneloven § 11-9: half of the members).</summary>
    public int Size => Body.Count;

    /// <summary>Rule 2. Those who step in, in the order of the seats they step in for (kommuneloven § 7-10).</summary>
    public IReadOnlyList<(BallotSeat For, BallotSeat Deputy)> Substitutions { get; }

    /// <summary>Rule 2. The seats of the body that are not out, and the deputies who stepped in, in the order listed.</summary>
    public IReadOnlyList<BallotSeat> Entitled { get; }

    /// <summary>
    /// Rule 2. Out is a seat that is vacant, and every seat of a person who is inhabil (forvaltningsloven §§ 6 and 8), has valid
    /// absence (kommuneloven § 8-1) or drafted what is decided.
    /// </summary>
    public bool IsOut(BallotSeat seat) => seat.IsVacant || (seat.Person is { } person && _outPersons.Contains(person));

    /// <summary>The seat with this role, where it is not out. Its powers do not pass to a deputy.</summary>
    public BallotSeat? EntitledAs(SeatRole role) => Entitled.FirstOrDefault(seat => seat.Role == role);

    private static bool IsOfTheBody(BallotSeat seat) => seat.Role switch
    {
        SeatRole.Leader or SeatRole.DeputyLeader or SeatRole.Member => true,
        SeatRole.Deputy or SeatRole.Observer => false,
    };

    private List<(BallotSeat For, BallotSeat Deputy)> Substitute()
    {
        var sitting = Body.Where(seat => !IsOut(seat)).Select(seat => seat.Person).ToHashSet();
        var line = DeputiesInLine();
        var substitutions = new List<(BallotSeat, BallotSeat)>();

        foreach (var seat in Body.Where(IsOut))
        {
            var deputy = line.FirstOrDefault(deputy =>
                deputy.Group == seat.Group && (deputy.For is null || deputy.For == seat.Seat) && !sitting.Contains(deputy.Person));
            if (deputy is not null)
            {
                substitutions.Add((seat, deputy));
                sitting.Add(deputy.Person);
            }
        }

        return substitutions;
    }

    // Personal deputies come before those of the group, then by order with none last; the sort is stable, so then as listed.
    private List<BallotSeat> DeputiesInLine() =>
        [.. _ballot.Seats.Where(seat => seat.Role == SeatRole.Deputy && !IsOut(seat))
            .OrderBy(deputy => deputy.For is null)
            .ThenBy(deputy => deputy.Order is null)
            .ThenBy(deputy => deputy.Order)];
}
