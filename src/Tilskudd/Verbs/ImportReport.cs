using Tilskudd.Cycle.Year;
using Tilskudd.Planning.Sheets;

namespace Tilskudd.Verbs;

/// <summary>Tells what an import changes, for a person to look over.</summary>
internal static class ImportReport
{
    private static readonly string[] Heading = ["Kilde", "I fila", "I kladden etterpå", "Ramme", "Igjen av rammen"];

    public static void Write(TextWriter to, string path, DraftCase draft, PlanTable table, ImportedPlan imported)
    {
        var sums = table.Sums switch { 0 => "", 1 => ", 1 sumrad som stemmer", var many => $", {many} sumrader som stemmer" };
        to.WriteLine($"Handlingsplan {draft.Plan.Year} for {draft.Unit.Name}, fra «{Path.GetFileName(path)}», ark «{SheetText.Short(table.Sheet)}»: {table.Lines.Count} tiltak{sums}.");
        Part(to, $"Nye tiltak ({imported.Added.Count()}):", imported.Added, New);
        Part(to, $"Endrede tiltak ({imported.Rewritten.Count()}):", imported.Rewritten, Changed);
        to.WriteLine();
        to.WriteLine($"Uendret: {imported.Same} tiltak.");
        Part(to, $"Står i kladden, ikke i fila ({imported.OnlyInDraft.Count}). De blir stående:", imported.OnlyInDraft,
            tiltak => [$"{SheetText.Short(tiltak.Name)}{(tiltak.Total == Money.Zero ? "" : $", {ImportPlan.Kroner(tiltak.Total)}")}"]);
        to.WriteLine();
        Sums(to, draft, table);
        Part(to, "Merk:", imported.Notes, note => [note]);
    }

    private static void Part<T>(TextWriter to, string heading, IEnumerable<T> items, Func<T, IEnumerable<string>> lines)
    {
        var all = items.SelectMany(lines).ToList();
        if (all.Count > 0)
        {
            to.WriteLine();
            to.WriteLine(heading);
            all.ForEach(line => to.WriteLine("  " + line));
        }
    }

    private static IEnumerable<string> New(ImportedTiltak tiltak) =>
        [SheetText.Short(tiltak.Name), .. tiltak.Fields.Skip(1).Where(field => field.Typed.Length > 0).Select(field => $"  {field.Label.TrimEnd('?')}: {SheetText.Short(field.Typed)}")];

    private static IEnumerable<string> Changed(ImportedTiltak tiltak) =>
        [SheetText.Short(tiltak.Name), .. tiltak.Fields.Select(field => $"  {field.Label.TrimEnd('?')}: {Shown(field.Stored)} → {Shown(field.Typed)}")];

    private static string Shown(string value) => value.Length == 0 ? "(tomt)" : SheetText.Short(value);

    private static void Sums(TextWriter to, DraftCase draft, PlanTable table)
    {
        List<string[]> rows = [Heading];
        foreach (var source in draft.Sources)
        {
            var inFile = table.Lines.Where(line => line.Amounts.ContainsKey(source.Id)).Select(line => line.Amounts[source.Id]).ToList();
            var (planned, frame) = (draft.Plan.Planned(source.Id), source.RoomFor(draft.Unit.Id));
            rows.Add(
            [
                source.Code,
                table.Sources.Contains(source) ? ImportPlan.Kroner(inFile.Aggregate(Money.Zero, (sum, amount) => sum + amount)) : "ingen kolonne",
                ImportPlan.Kroner(planned),
                source.IsOwnShare ? "–" : frame is { } known ? ImportPlan.Kroner(known) : "ikke kjent",
                frame is { } limit ? Left(limit - planned) : "–",
            ]);
        }

        var widths = Heading.Select((_, column) => rows.Max(row => row[column].Length)).ToList();
        foreach (var row in rows)
        {
            to.WriteLine(string.Join("   ", row.Select((cell, column) => column == 0 ? cell.PadRight(widths[column]) : cell.PadLeft(widths[column]))).TrimEnd());
        }
    }

    private static string Left(Money left) => left.IsNegative ? $"{ImportPlan.Kroner(-left)} for mye" : ImportPlan.Kroner(left);
}
