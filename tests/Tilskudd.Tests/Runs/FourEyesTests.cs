using Tilskudd.Cycle.People;
using Tilskudd.Runs;

namespace Tilskudd.Tests.Runs;

public sealed class FourEyesTests
{
    private static readonly Person Ingrid = Named("Ingrid Solli", 1);
    private static readonly Person Amina = Named("Amina Yusuf", 2);
    private static readonly Person Sindre = Named("Sindre Vik", 3);

    [Fact]
    public async Task Who_has_not_written_it_may_review_it_and_nobody_else_is_asked_for() =>
        Assert.Null(await FourEyes.Bar([Amina.Id], Ingrid.Id, () => throw new InvalidOperationException("Nobody is to be named.")));

    [Fact]
    public async Task Who_has_written_it_is_told_who_else_can() =>
        Assert.Equal(new FlowRefusal.OwnWork("Sindre Vik"), await FourEyes.Bar([Ingrid.Id, Amina.Id], Ingrid.Id, Holding(Amina, Ingrid, Sindre)));

    [Fact]
    public async Task Where_all_who_could_have_written_it_an_administrator_must_appoint_one() =>
        Assert.Equal(new FlowRefusal.OwnWorkAlone(), await FourEyes.Bar([Ingrid.Id, Amina.Id], Ingrid.Id, Holding(Ingrid, Amina)));

    private static Func<Task<IReadOnlyList<Person>>> Holding(params Person[] people) => () => Task.FromResult<IReadOnlyList<Person>>(people);

    private static Person Named(string name, byte number) =>
        new(new PersonId(new Guid(number, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0)), name, $"{number}@drammen.example", "nb", "", isInvented: true, "salt");
}
