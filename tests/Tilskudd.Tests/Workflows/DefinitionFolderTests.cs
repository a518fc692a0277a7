using System.Text;
using Tilskudd.Cycle.Steps;
using Tilskudd.Tests.Conformance;
using Tilskudd.Workflows.Definitions;

namespace Tilskudd.Tests.Workflows;

public sealed class DefinitionFolderTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("flows");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void The_shipped_flows_are_good_and_whole_in_three_languages()
    {
        var reading = DefinitionFolder.Read(YearFiles.Folder, CycleSteps.Catalogue);

        Assert.Empty(reading.Faults);
        Assert.Equal(["endring", "evaluering", "handlingsplan", "rapport", "tilskudd"], reading.Value!.Newest.Select(definition => definition.Id));
        Assert.Equal(15, reading.Value.AllWords.Count);
        Assert.Equal("Send tilbake til koordinator", reading.Value.Words("handlingsplan", "nb").Steps["review-plan"].Outcomes["Returned"]);
    }

    [Theory]
    [InlineData("year-opened", "handlingsplan")]
    [InlineData("plan-approved", "tilskudd")]
    [InlineData("grant-ended", "rapport")]
    [InlineData("change-opened", "endring")]
    [InlineData("evaluation-due", "evaluering")]
    public void An_event_starts_its_flow(string eventKey, string flow)
    {
        var started = YearFiles.Flows.StartingOn(eventKey);

        Assert.Equal([flow], started.Select(definition => definition.Id));
    }

    [Fact]
    public void Every_event_but_those_that_people_raise_is_raised_by_some_flow()
    {
        var raised = YearFiles.Flows.Definitions.SelectMany(definition => definition.Steps).Select(step => step.Step).OfType<Close>().Select(close => close.Event);

        Assert.Equal(EventKeys.Starting.Select(starting => starting.Key).Except([EventKeys.YearOpened, EventKeys.ChangeOpened, EventKeys.EvaluationDue]).Order(), raised.OfType<string>().Distinct().Order());
    }

    [Fact]
    public void A_good_folder_with_two_versions_starts_new_runs_on_the_newest()
    {
        Write("small.json", SmallFlow.Json);
        Write("small-2.json", SmallFlow.Edited(SmallFlow.Json, flow => flow["version"] = 2));
        WriteWords();

        var flows = Read().Value!;

        Assert.Equal(2, Assert.Single(flows.Newest).Version);
        Assert.Equal(1, flows.Find("small", 1)?.Version);
        Assert.Null(flows.Find("small", 3));
    }

    [Fact]
    public void Two_files_with_the_same_id_and_version_are_refused()
    {
        Write("small.json", SmallFlow.Json);
        Write("small-again.json", SmallFlow.Json);
        WriteWords();

        AssertOnlyFault("small.json", "$.version", "small-again.json er allerede small versjon 1");
    }

    [Fact]
    public void A_language_that_is_missing_is_refused()
    {
        Write("small.json", SmallFlow.Json);
        WriteWords("nb", "en");

        AssertOnlyFault("small.nn.json", "$", "mangler ord på nn");
    }

    [Fact]
    public void Words_of_no_flow_are_refused()
    {
        Write("small.json", SmallFlow.Json);
        WriteWords();
        Write("smal.nb.json", SmallFlow.Words);

        AssertOnlyFault("smal.nb.json", "$", "Mente du 'small'?");
    }

    [Theory]
    [InlineData("small.sv.json")]
    [InlineData("small.nb.old.json")]
    public void A_file_whose_name_fits_nothing_is_refused(string name)
    {
        Write("small.json", SmallFlow.Json);
        WriteWords();
        Write(name, SmallFlow.Words);

        AssertOnlyFault(name, "$", "Filnavnet passer ikke");
    }

    [Fact]
    public void A_file_in_a_folder_below_is_refused_and_not_passed_by()
    {
        Write("small.json", SmallFlow.Json);
        WriteWords();
        _folder.CreateSubdirectory("old");
        Write("old/small.json", SmallFlow.Json);

        AssertOnlyFault("old/small.json", "$", "undermappe");
    }

    [Fact]
    public void A_folder_below_is_looked_through_whatever_stands_in_it()
    {
        Write("small.json", SmallFlow.Json);
        WriteWords();
        _folder.CreateSubdirectory("old/older");
        Write("old/older/Small.JSON", SmallFlow.Json);
        _folder.CreateSubdirectory("other.json");
        Directory.CreateSymbolicLink(Path.Combine(_folder.FullName, "old", "ring"), _folder.FullName);
        _folder.CreateSubdirectory("..data");
        Write("..data/small.json", SmallFlow.Json);

        var faults = Read().Faults;

        Assert.Equal(["old/older/Small.JSON", "old/ring", "other.json"], faults.Select(fault => fault.File));
        Assert.Contains("undermappe", faults[0].Message, StringComparison.Ordinal);
        Assert.Contains("lenke", faults[1].Message, StringComparison.Ordinal);
        Assert.Contains("er en mappe", faults[2].Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_link_to_a_flow_is_that_flow()
    {
        _folder.CreateSubdirectory("..data");
        Write("..data/small.json", SmallFlow.Json);
        File.CreateSymbolicLink(Path.Combine(_folder.FullName, "small.json"), Path.Combine("..data", "small.json"));
        WriteWords();

        Assert.Empty(Read().Faults);
    }

    [Theory]
    [InlineData("/dev/zero")]
    [InlineData("")]
    public void A_file_that_is_empty_or_no_file_is_refused_unread(string target)
    {
        if (target.Length > 0)
        {
            File.CreateSymbolicLink(Path.Combine(_folder.FullName, "endless.json"), target);
        }
        else
        {
            Write("endless.json", "");
        }

        Assert.Contains("tom, eller ingen vanlig fil", Assert.Single(Read().Faults, fault => fault.File == "endless.json").Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_name_with_orders_to_a_terminal_is_told_of_without_them()
    {
        Write("small\u001B[2J.xx.json", SmallFlow.Json);

        Assert.Equal("small [2J.xx.json", Assert.Single(Read().Faults).File);
    }

    [Fact]
    public void The_words_of_a_flow_with_faults_are_looked_at_as_far_as_they_can_be()
    {
        Write("small.json", SmallFlow.Edited(SmallFlow.Json, flow => flow["version"] = 0));
        Write("small.nb.json", "{");
        Write("small.en.json", SmallFlow.Words);

        Assert.Equal(["small.json", "small.nb.json", "small.nn.json"], Read().Faults.Select(fault => fault.File));
    }

    [Fact]
    public void A_file_in_place_of_the_folder_is_told_of_as_one()
    {
        Write("small.json", SmallFlow.Json);

        var reading = DefinitionFolder.Read(Path.Combine(_folder.FullName, "small.json"), CycleSteps.Catalogue);

        Assert.Contains("er en fil", Assert.Single(reading.Faults).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Faults_of_all_files_are_listed_at_once()
    {
        Write("broken.json", "{");
        Write("small.json", SmallFlow.Json);
        WriteWords();
        Write("small.nn.json", SmallFlow.Edited(SmallFlow.Words, words => words["title"] = ""));

        var reading = Read();

        Assert.Null(reading.Value);
        Assert.Equal([("broken.json", "$"), ("small.nn.json", "$.title")], reading.Faults.Select(fault => (fault.File, fault.Path)));
    }

    [Fact]
    public void A_byte_order_mark_is_no_fault_and_another_encoding_is()
    {
        Write("small.json", SmallFlow.Json);
        WriteWords();
        var words = Path.Combine(_folder.FullName, "small.nb.json");

        File.WriteAllText(words, SmallFlow.Words, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true));
        var marked = Read();
        File.WriteAllText(words, SmallFlow.Words.Replace("Utkast", "Første", StringComparison.Ordinal), Encoding.Latin1);

        Assert.Empty(marked.Faults);
        AssertOnlyFault("small.nb.json", "$", "UTF-8");
    }

    [Fact]
    public void A_file_of_many_megabytes_is_refused_unread()
    {
        using (var large = File.Create(Path.Combine(_folder.FullName, "large.json")))
        {
            large.SetLength(3_000_000_000);
        }

        AssertOnlyFault("large.json", "$", "større enn");
    }

    [Fact]
    public void A_folder_that_is_missing_or_empty_is_refused()
    {
        var empty = Read();
        var missing = DefinitionFolder.Read(Path.Combine(_folder.FullName, "elsewhere"), CycleSteps.Catalogue);

        Assert.Contains("ingen flyter", Assert.Single(empty.Faults).Message, StringComparison.Ordinal);
        Assert.Contains("finnes ikke", Assert.Single(missing.Faults).Message, StringComparison.Ordinal);
    }

    private void Write(string name, string json) => File.WriteAllText(Path.Combine(_folder.FullName, name), json);

    private void WriteWords(params string[] languages)
    {
        foreach (var language in languages.Length > 0 ? languages : [.. Words.Languages])
        {
            Write($"small.{language}.json", SmallFlow.Words);
        }
    }

    private Reading<Flows> Read() => DefinitionFolder.Read(_folder.FullName, CycleSteps.Catalogue);

    private void AssertOnlyFault(string file, string path, string words)
    {
        var reading = Read();
        Assert.Null(reading.Value);
        var fault = Assert.Single(reading.Faults);
        Assert.Equal((file, path), (fault.File, fault.Path));
        Assert.Contains(words, fault.Message, StringComparison.Ordinal);
    }
}
