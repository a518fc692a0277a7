using Tilskudd.Tests.Conformance;
using Tilskudd.Workflows;
using Tilskudd.Workflows.Runs;

namespace Tilskudd.Tests.Workflows;

/// <summary>What the built-in engine writes down. What it does with it is in the conformance tests.</summary>
public sealed class RunnerTests
{
    private static readonly string State =
        $$"""{"definition":"handlingsplan","version":{{YearFiles.Flow("handlingsplan").Version}},"step":"set-frame","visit":1,"closed":false,"enteredAt":"2024-11-20T08:00:00.000Z"}""";

    private static readonly DateTimeOffset Now = new(2024, 11, 20, 9, 0, 0, TimeSpan.FromHours(1));

    [Fact]
    public void The_state_is_a_line_that_says_where_the_run_stands_and_since_when()
    {
        var move = new Runner().Move(YearFiles.Flow("handlingsplan"), null, null, Now);

        Assert.Equal(State, move.State);
    }

    [Fact]
    public void The_state_is_the_same_in_every_culture()
    {
        var culture = System.Globalization.CultureInfo.CurrentCulture;
        try
        {
            System.Globalization.CultureInfo.CurrentCulture = new("ar-SA");

            var move = new Runner().Move(YearFiles.Flow("handlingsplan"), State, new Answer(1, "Done"), Now);

            Assert.Equal(State.Replace("set-frame", "write-plan", StringComparison.Ordinal).Replace("\"visit\":1", "\"visit\":2", StringComparison.Ordinal), move.State);
        }
        finally
        {
            System.Globalization.CultureInfo.CurrentCulture = culture;
        }
    }

    [Theory]
    [InlineData("\"step\":\"set-frame\"", "\"step\":\"no-such-step\"")]
    [InlineData("\"step\":\"set-frame\"", "\"step\":null")]
    [InlineData("\"closed\":false", "\"closed\":true")]
    [InlineData("\"step\":\"set-frame\"", "\"step\":\"close-plan-approved\"")]
    [InlineData("\"visit\":1", "\"visit\":0")]
    [InlineData("\"visit\":1", "\"visit\":\"1\"")]
    [InlineData("\"visit\":1", "\"visit\":1,\"visit\":2")]
    [InlineData("\"visit\":1", "\"visit\":1,\"more\":2")]
    [InlineData("\"visit\":1,", "")]
    [InlineData("2024-11-20T08", "20-11-2024T08")]
    public void A_state_that_was_meddled_with_is_refused(string part, string instead)
    {
        var state = State.Replace(part, instead, StringComparison.Ordinal);

        var refused = Record.Exception(() => new Runner().Move(YearFiles.Flow("handlingsplan"), state, new Answer(1, "Done"), Now));

        Assert.IsType<UnreadableStateException>(refused);
    }

    [Theory]
    [InlineData("\"version\":", "\"version\":9")]
    [InlineData("\"handlingsplan\"", "\"rapport\"")]
    public void A_state_of_another_flow_or_version_is_refused(string part, string instead)
    {
        var state = State.Replace(part, instead, StringComparison.Ordinal);

        var refused = Record.Exception(() => new Runner().Move(YearFiles.Flow("handlingsplan"), state, new Answer(1, "Done"), Now));

        Assert.IsType<WrongDefinitionException>(refused);
    }
}
