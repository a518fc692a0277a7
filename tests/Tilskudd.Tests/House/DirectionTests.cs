using System.Xml.Linq;

namespace Tilskudd.Tests.House;

public sealed class DirectionTests
{
    [Theory]
    [InlineData("Tilskudd.Workflows", new string[0])]
    [InlineData("Tilskudd.Cycle", new[] { "Tilskudd.Workflows" })]
    [InlineData("Tilskudd", new[] { "Tilskudd.Cycle" })]
    [InlineData("Tilskudd.Elsa", new[] { "Tilskudd" })]
    public void A_project_knows_only_the_room_below_it(string project, string[] below)
    {
        var file = XDocument.Load(Path.Combine(Repository.Root, "src", project, project + ".csproj"));

        var known = file.Descendants("ProjectReference")
            .Select(reference => Path.GetFileNameWithoutExtension(reference.Attribute("Include")!.Value));

        Assert.Equal(below, known);
    }

    [Theory]
    [InlineData("Tilskudd")]
    [InlineData("Tilskudd.Elsa")]
    public void A_program_that_is_run_from_its_source_stands_where_the_operator_stands(string project)
    {
        var file = XDocument.Load(Path.Combine(Repository.Root, "src", project, project + ".csproj"));

        Assert.Equal("false", file.Descendants("EnableDefaultRunWorkingDirectory").Single().Value);
    }
}
