using Tilskudd.Cycle.People;
using Tilskudd.Runs;

namespace Tilskudd.Tests.Runs;

public sealed class FourEyesTests
{
    private static readonly Person Ingrid = Named("Ingrid Solli", 1);
    private static readonly Person Amina = Named("Amina Yusuf", 2);
    private static readonly Person Sindre = Named("Sindre Vik", 3);

    [Fact]
    public void Who_has_not_written_it_may_review_it() => Assert.Null(FourEyes.Bar([Amina.Id], Ingrid.Id, [Ingrid]));

    [Fact]
    public void Who_has_written_it_is_told_who_else_can() =>
        Assert.Equal(new FlowRefusal.OwnWork("Sindre Vik"), FourEyes.Bar([Ingrid.Id, Amina.Id], Ingrid.Id, [Amina, Ingrid, Sindre]));

    [Fact]
    public void Where_all_who_could_have_written_it_an_administrator_must_appoint_one() =>
        Assert.Equal(new FlowRefusal.OwnWorkAlone(), FourEyes.Bar([Ingrid.Id, Amina.Id], Ingrid.Id, [Ingrid, Amina]));

    private static Person Named(string name, byte number) =>
        new(new PersonId(new Guid(number, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0)), name, $"{number}@drammen.example", "nb", "", isInvented: true, "salt");
}
