using System.Text.Json.Nodes;
using Tilskudd.Archive;
using Tilskudd.Cycle;
using Tilskudd.Tests.Award;
using Tilskudd.Trail;

namespace Tilskudd.Tests.Archive;

/// <summary>Money that has come, in the package of a grant and in what is checked of it.</summary>
public sealed class PaymentsInPackageTests
{
    [Fact]
    public async Task A_grants_package_tells_what_has_come_as_the_trail_does_and_not_what_was_taken_back()
    {
        await using var given = await Paid();
        var folder = await Pack(given);

        var verified = await PackedCase.Verify("--package", folder);

        Assert.Equal((0, ""), (verified.Status, verified.Error));
        var payments = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(folder, "case.json"), TestContext.Current.CancellationToken))!["payments"]!.AsArray();
        Assert.Equal([(1, "2024-11-20", 30_000_000L)], payments.Select(one => ((int)one!["number"]!, (string)one["arrivedOn"]!, (long)one["amountOre"]!)));
    }

    [Theory]
    [InlineData("amountOre", "30000001", 2, "innbetaling 1 er en annen enn den som står i sporet")]
    [InlineData("arrivedOn", "\"2024-11-21\"", 2, "innbetaling 1 er en annen enn den som står i sporet")]
    [InlineData("number", "2", 2, "innbetaling 2 er en annen enn den som står i sporet")]
    [InlineData(null, "", 3, "innbetaling 1 står i sporet og mangler i saken")]
    public async Task Even_one_who_signs_cannot_have_other_money_come(string? field, string value, int status, string why)
    {
        await using var given = await Paid();
        var folder = await Pack(given);
        var file = Path.Combine(folder, "case.json");
        var told = JsonNode.Parse(await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken))!.AsObject();
        var payments = told["payments"]!.AsArray();
        if (field is null)
        {
            payments.Clear();
        }
        else
        {
            payments[0]![field] = JsonNode.Parse(value);
        }

        await File.WriteAllTextAsync(file, Canonical.Text(told) + "\n", TestContext.Current.CancellationToken);
        await Resign(given, folder);
        var verified = await PackedCase.Verify("--package", folder);

        Assert.Equal(status, verified.Status);
        Assert.Contains($"case.json: {why}.", verified.Error, StringComparison.Ordinal);
    }

    /// <summary>A letter of 1 000 000 kr, of which 300 000 has come; another 5 000 was written wrong and taken back.</summary>
    private static async Task<GivenGrant> Paid()
    {
        var given = await GivenGrant.Start();
        await given.ReachLetter();
        await given.Done(given.Tor, given.Path, "#innbetaling", ("innbetalt", "300 000"), ("innbetalt-dato", "20.11.2024"));
        await given.Done(given.Tor, given.Path, "#innbetaling", ("innbetalt", "5 000"), ("innbetalt-dato", "20.11.2024"));
        await given.Done(given.Tor, given.Path, "form[action$='/innbetaling/ta-bort']:has(input[value='2'])");
        return given;
    }

    private static async Task<string> Pack(GivenGrant given)
    {
        var folder = Path.Combine(given.Database.Folder, "sak");
        var settings = new TrailSettings(KeyFile(given), Path.Combine(given.Database.Folder, "checkpoints"));
        Assert.Null(await new CasePackage(given.Database, settings, null, given.Database.Clock).Write(given.Grant.Value, null, folder, TestContext.Current.CancellationToken));
        return folder;
    }

    private static async Task Resign(GivenGrant given, string folder)
    {
        using var key = await TrailKey.Open(KeyFile(given), TestContext.Current.CancellationToken);
        File.Delete(Path.Combine(folder, PackageManifest.Name));
        var files = new List<PackageFile>();
        foreach (var path in PackageFile.All(folder))
        {
            files.Add(await PackageFile.Read(folder, path, TestContext.Current.CancellationToken));
        }

        await File.WriteAllTextAsync(Path.Combine(folder, PackageManifest.Name), PackageManifest.Sign(files, key).ToText(), TestContext.Current.CancellationToken);
    }

    private static string KeyFile(GivenGrant given) => Path.Combine(given.Database.Folder, "trail-key.pem");
}
