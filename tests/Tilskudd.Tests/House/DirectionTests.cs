using System.Xml.Linq;

namespace Tilskudd.Tests.House;

public sealed class DirectionTests
{
    [Theory]
    [InlineData("Tilskudd.Workflows", new string[0])]
    [InlineData("Tilskudd.Cycle", new[] { "Tilskudd.Workflows" })]
    [InlineData("Tilskudd", new[] { "Tilskudd.Cycle" })]
    public void A_project_knows_only_the_room_below_it(string project, string[] below)
    {
        var file = XDocument.Load(Path.Combine(Repository.Root, "src", project, project + ".csproj"));

        var known = file.Descendants("ProjectReference")
            .Select(reference => Path.GetFileNameWithoutExtension(reference.Attribute("Include")!.Value));

        Assert.Equal(below, known);
    }
}
