using System.Text.RegularExpressions;
using Tilskudd.Tests.Conformance;

namespace Tilskudd.Tests.House;

public sealed class StepIdTests
{
    [Fact]
    public void No_step_id_of_any_flow_occurs_in_code_or_pages()
    {
        var ids = YearFiles.Flows.Definitions.SelectMany(definition => definition.Steps).Select(step => Regex.Escape(step.Id)).Distinct();
        var anyId = new Regex($"(?<![a-z0-9-])({string.Join('|', ids)})(?![a-z0-9-])", RegexOptions.IgnoreCase);

        var leaks = Sources().SelectMany(file => anyId.Matches(File.ReadAllText(file)).Select(match => $"{file}: {match.Value}"));

        Assert.Empty(leaks);
    }

    [Fact]
    public void The_search_for_step_ids_looks_into_code_and_pages()
    {
        var folders = Sources().Select(file => Path.GetRelativePath(Repository.Root, file).Split(Path.DirectorySeparatorChar)[1]).Distinct();

        Assert.Contains("Tilskudd.Cycle", folders);
        Assert.Contains("Tilskudd", folders);
    }

    private static IEnumerable<string> Sources()
        => Directory.EnumerateFiles(Path.Combine(Repository.Root, "src"), "*.*", SearchOption.AllDirectories)
            .Where(file => Path.GetExtension(file) is ".cs" or ".razor" && !file.Split(Path.DirectorySeparatorChar).Any(part => part is "bin" or "obj"));
}
