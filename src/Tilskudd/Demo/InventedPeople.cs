using System.Text;
using Bogus;
using Tilskudd.Cycle.Approval;
using Tilskudd.Cycle.People;

namespace Tilskudd.Demo;

/// <summary>
/// Makes up the people of a programme. The same seed gives the same people on every machine, whatever its language, clock or the order
/// programmes are asked for.
/// </summary>
internal static class InventedPeople
{
    private const int DeputiesPerGroup = 2;

    // Letters no party or list in Norway goes to elections with.
    private static readonly string[] Groups = ["X", "Y", "Z"];

    /// <summary>
    /// The coordinators (one per plan unit), the programme leader, the secretary, the accountant, a contact at each grantor, and a political
    /// group with leader, deputy leader and <paramref name="members"/> others from three groups, with two deputies to each group.
    /// </summary>
    /// <param name="seed">The demonstration's seed.</param>
    /// <param name="slug">The programme's word in addresses; it becomes the domain of the addresses.</param>
    /// <param name="planUnits">The slugs of the plan units.</param>
    /// <param name="grantors">The codes of the grantors. A grantor's contact is the same person for every programme.</param>
    /// <param name="members">Ordinary members of the group.</param>
    /// <param name="directors">Members of an internal steering group, its leader among them; nought where there is none.</param>
    /// <param name="boards">Boards that decide in the political group's place, each with its observers; nought where the group decides.</param>
    public static InventedCast For(int seed, string slug, IReadOnlyList<string> planUnits, IReadOnlyList<string> grantors, int members = 7, int directors = 0, int boards = 0)
    {
        var town = new Casting(seed, slug);
        var roles = new List<InventedRole>();
        roles.AddRange(planUnits.Select(unit => new InventedRole(Role.Coordinator, unit, town.Next("nb"))));
        roles.Add(new(Role.ProgrammeLeader, "", town.Next("nb")));
        roles.Add(new(Role.Secretary, "", town.Next("nb")));
        roles.Add(new(Role.Accountant, "", town.Next("nb")));
        roles.AddRange(grantors.Select(code =>
            new InventedRole(Role.GrantorContact, code, new Casting(seed, code.ToLowerInvariant()).Next("nb"))));
        return boards == 0
            ? new(roles, [.. Sitting(town, members), .. Deputies(town)], [.. Directors(town, directors)])
            : new(roles, [], [.. Directors(town, directors)]) { Boards = [.. Enumerable.Range(0, boards).Select(_ => (IReadOnlyList<InventedSeat>)[.. Board(town)])] };
    }

    /// <summary>The one who administers the whole application, the same for every programme.</summary>
    public static InventedPerson Administrator(int seed) => new Casting(seed, "forvaltning").Next("nb");

    private static IEnumerable<InventedSeat> Sitting(Casting town, int members)
    {
        for (var place = 0; place < members + 2; place++)
        {
            var role = place switch { 0 => SeatRole.Leader, 1 => SeatRole.DeputyLeader, _ => SeatRole.Member };

            // One in five has chosen nynorsk, so that both forms are seen in every group.
            yield return new(role, Groups[place % Groups.Length], null, town.Next(place % 5 == 3 ? "nn" : "nb"));
        }
    }

    private static IEnumerable<InventedSeat> Deputies(Casting town) =>
        from @group in Groups
        from order in Enumerable.Range(1, DeputiesPerGroup)
        select new InventedSeat(SeatRole.Deputy, @group, order, town.Next("nb"));

    private static IEnumerable<InventedSeat> Directors(Casting town, int directors)
    {
        for (var place = 0; place < directors; place++)
        {
            yield return new(place == 0 ? SeatRole.Leader : SeatRole.Member, "", null, town.Next("nb"));
        }
    }

    // Leaders of bydeler and agencies decide, and the state's directorates follow without a vote; no source says how many.
    private static IEnumerable<InventedSeat> Board(Casting town) =>
        from role in new[] { SeatRole.Leader, SeatRole.DeputyLeader, SeatRole.Member, SeatRole.Member, SeatRole.Member, SeatRole.Observer, SeatRole.Observer }
        select new InventedSeat(role, "", null, town.Next("nb"));

    /// <summary>Draws names for one domain, none of them twice.</summary>
    private sealed class Casting(int seed, string domain)
    {
        private readonly Faker faker = new("nb_NO") { Random = new Randomizer(Mixed(seed, domain)) };
        private readonly HashSet<string> taken = [];

        public InventedPerson Next(string language)
        {
            while (true)
            {
                var name = $"{faker.Name.FirstName()} {faker.Name.LastName()}";
                var address = $"{Plain(name)}@{domain}.example";
                if (taken.Add(address))
                {
                    return new(name, address, language);
                }
            }
        }

        // The runtime's own hash of a text differs from run to run; FNV-1a does not.
        private static int Mixed(int seed, string text) =>
            unchecked((int)Encoding.UTF8.GetBytes(text).Aggregate(2166136261u ^ (uint)seed, (hash, next) => (hash ^ next) * 16777619u));

        private static string Plain(string name)
        {
            var plain = new StringBuilder();
            foreach (var sign in name.ToLowerInvariant())
            {
                plain.Append(sign switch { 'æ' => "ae", 'ø' => "o", 'å' => "a", ' ' => ".", >= 'a' and <= 'z' => sign.ToString(), _ => "" });
            }

            return plain.ToString();
        }
    }
}
