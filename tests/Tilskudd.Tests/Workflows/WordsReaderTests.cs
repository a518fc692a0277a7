using System.Text.Json.Nodes;
using Tilskudd.Tests.Conformance;
using Tilskudd.Workflows.Definitions;

namespace Tilskudd.Tests.Workflows;

public sealed class WordsReaderTests
{
    [Fact]
    public void Words_are_found_by_step_and_outcome()
    {
        var words = Read(SmallFlow.Words).Value!;

        Assert.Equal(("small", "nb", "Liten flyt"), (words.Flow, words.Language, words.Title));
        Assert.Equal(("Gjennomgang", "Les planen."), (words.Steps["review-it"].Name, words.Steps["review-it"].Task));
        Assert.Equal("Send tilbake", words.Steps["review-it"].Outcomes["Returned"]);
        Assert.Equal("Ferdig", words.Steps["end-it"].Name);
        Assert.Empty(words.Steps["end-it"].Outcomes);
        Assert.Equal("Utkast", words.Phases["draft"]);
        Assert.Equal("Godkjent", words.States["approved"]);
    }

    [Theory]
    [InlineData("title")]
    [InlineData("phases")]
    [InlineData("steps")]
    [InlineData("states")]
    [InlineData("phases.draft")]
    [InlineData("steps.draft-it")]
    [InlineData("steps.draft-it.name")]
    [InlineData("steps.draft-it.task")]
    [InlineData("steps.draft-it.outcomes")]
    [InlineData("steps.review-it.outcomes.Returned")]
    [InlineData("steps.end-it.name")]
    [InlineData("states.approved")]
    public void A_missing_word_is_refused(string path)
    {
        var (parent, key) = Split(path);

        var reading = Edited(words => At(words, parent).AsObject().Remove(key));

        Assert.Null(reading.Value);
        Assert.Equal("$." + path, Assert.Single(reading.Faults).Path);
    }

    [Theory]
    [InlineData("title")]
    [InlineData("phases.draft")]
    [InlineData("steps.draft-it.task")]
    [InlineData("steps.review-it.outcomes.Returned")]
    public void An_empty_word_is_refused(string path)
    {
        var (parent, key) = Split(path);

        foreach (var nothing in (string[])["  ", "\u200B\u00AD", "\u3164"])
        {
            var fault = Assert.Single(Edited(words => At(words, parent)[key] = nothing).Faults);
            Assert.Equal("$." + path, fault.Path);
            Assert.Contains("mangler", fault.Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("titel", "Mente du 'title'?")]
    [InlineData("phases.running", "Tillatt er: draft, review, decision.")]
    [InlineData("steps.draft", "Mente du")]
    [InlineData("steps.draft-it.tasks", "Mente du 'task'?")]
    [InlineData("steps.review-it.outcomes.Approved", "Tillatt er: Accepted, Returned.")]
    [InlineData("steps.end-it.task", "Tillatt er: name.")]
    [InlineData("states.refused", "Tillatt er: approved.")]
    public void A_word_nothing_uses_is_refused(string path, string words)
    {
        var (parent, key) = Split(path);

        var reading = Edited(each => At(each, parent)[key] = "Ord");

        var fault = Assert.Single(reading.Faults);
        Assert.Equal("$." + path, fault.Path);
        Assert.True(fault.Message.Contains(words, StringComparison.Ordinal) || words == "Mente du", fault.Message);
    }

    [Theory]
    [InlineData("title", "5")]
    [InlineData("steps", "[]")]
    [InlineData("steps.draft-it", "\"Utkast\"")]
    [InlineData("steps.draft-it.outcomes.Done", "{}")]
    public void A_word_of_the_wrong_kind_is_refused(string path, string value)
    {
        var (parent, key) = Split(path);

        var reading = Edited(words => At(words, parent)[key] = JsonNode.Parse(value));

        Assert.Equal("$." + path, Assert.Single(reading.Faults).Path);
    }

    [Theory]
    [InlineData("Skriv planen innen {0}.", "krøllparenteser")]
    [InlineData("Skriv planen innen {Frist}.", "krøllparenteser")]
    [InlineData(null, "Kort den ned til 400")]
    public void A_word_with_a_place_to_fill_or_without_end_is_refused(string? text, string told)
    {
        var reading = Edited(words => At(words, "steps.draft-it")["task"] = text ?? new string('a', 401));

        var fault = Assert.Single(reading.Faults);
        Assert.Equal("$.steps.draft-it.task", fault.Path);
        Assert.Contains(told, fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Words_serve_every_version_that_is_read()
    {
        var first = SmallFlow.Read(SmallFlow.Json).Value!;
        var second = SmallFlow.With(flow =>
        {
            flow["version"] = 2;
            flow.Activity(0)["id"] = "write-it";
            flow.Connection(0)["source"]!["activity"] = "write-it";
            flow.Connection(2)["target"]!["activity"] = "write-it";
        }).Value!;

        var reading = WordsReader.Read(SmallFlow.Words, "small.nb.json", "nb", [first, second]);

        Assert.Equal("$.steps.write-it", Assert.Single(reading.Faults).Path);
    }

    [Theory]
    [InlineData("handlingsplan.nb.json")]
    [InlineData("rapport.nn.json")]
    public void No_words_that_are_read_throw(string file)
    {
        var flow = YearFiles.Flow(file.Split('.')[0]);

        FsCheck.Check.One(FsCheck.Config.QuickThrowOnFailure.WithMaxTest(200), FsCheck.Fluent.Prop.ForAll(Mutation.Of(YearFiles.Text(file)), mutated =>
        {
            var reading = WordsReader.Read(mutated, file, "nb", [flow]);

            Assert.Equal(reading.Value is null, reading.Faults.Count > 0);
        }));
    }

    private static Reading<Words> Read(string json) => WordsReader.Read(json, "small.nb.json", "nb", [SmallFlow.Read(SmallFlow.Json).Value!]);

    private static Reading<Words> Edited(Action<JsonNode> edit) => Read(SmallFlow.Edited(SmallFlow.Words, edit));

    private static (string Parent, string Key) Split(string path)
    {
        var at = path.LastIndexOf('.');
        return at < 0 ? ("", path) : (path[..at], path[(at + 1)..]);
    }

    private static JsonNode At(JsonNode words, string path)
        => path.Split('.', StringSplitOptions.RemoveEmptyEntries).Aggregate(words, (node, key) => node[key]!);
}
