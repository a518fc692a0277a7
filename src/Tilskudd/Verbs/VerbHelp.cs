namespace Tilskudd.Verbs;

/// <summary>The help an operator reads, drawn from the same table the command line is read by.</summary>
internal static class VerbHelp
{
    private const int Width = 100;

    /// <summary>Writes what the program can do.</summary>
    public static void Write(IReadOnlyList<Verb> verbs, TextWriter to)
    {
        to.WriteLine("Tilskudd: arbeidsflyt og godkjenning for årlige statstilskudd til kommuner.");
        to.WriteLine();
        to.WriteLine("Bruk:");
        to.WriteLine("  tilskudd VERB [valg]");
        to.WriteLine();
        to.WriteLine("Verb:");
        WriteTable([.. verbs.Select(verb => (verb.Name, verb.Summary))], to);
        to.WriteLine();
        to.WriteLine($"Uten verb kjøres «{VerbTable.Default}». «tilskudd VERB --help» forklarer ett verb.");
        to.WriteLine("Avslutningskode: 0 utført, 1 avvist med grunner på standard feil, 64 feil bruk.");
    }

    /// <summary>Writes how one verb is used.</summary>
    public static void Write(Verb verb, TextWriter to)
    {
        to.WriteLine(verb.Summary);
        to.WriteLine();
        to.WriteLine("Bruk:");
        to.WriteLine("  " + Usage(verb));
        to.WriteLine();
        if (verb.Arguments.Count > 0)
        {
            to.WriteLine("Argumenter:");
            WriteTable([.. verb.Arguments.Select(argument => (argument.Name, argument.Summary))], to);
            to.WriteLine();
        }

        to.WriteLine("Valg:");
        WriteTable([.. verb.Options.Select(option => (Form(option), option.Summary)), .. Shared(verb)], to);
        foreach (var remark in verb.Remarks)
        {
            to.WriteLine();
            foreach (var line in Wrap(remark, Width))
            {
                to.WriteLine(line);
            }
        }
    }

    private static string Usage(Verb verb) => string.Join(' ',
    [
        "tilskudd",
        verb.Name,
        .. verb.Arguments.Select(argument => argument.Name),
        .. verb.Options.Select(option => option.IsRequired ? Form(option) : $"[{Form(option)}]"),
    ]);

    private static string Form(VerbOption option) => option.Example is null ? $"--{option.Name}" : $"--{option.Name} {option.Example}";

    private static IEnumerable<(string Left, string Right)> Shared(Verb verb)
    {
        if (verb.TakesSettings)
        {
            yield return ("--Seksjon:Navn verdi", "En innstilling, som «--Site:BaseUrl https://tilskudd.example».");
        }

        yield return ("--help", "Viser denne teksten.");
    }

    private static void WriteTable(IReadOnlyList<(string Left, string Right)> rows, TextWriter to)
    {
        var indent = rows.Select(row => row.Left.Length).DefaultIfEmpty(0).Max() + 4;
        foreach (var (left, right) in rows)
        {
            var first = true;
            foreach (var line in Wrap(right, Width - indent))
            {
                to.WriteLine((first ? "  " + left : "").PadRight(indent) + line);
                first = false;
            }
        }
    }

    private static IEnumerable<string> Wrap(string text, int width)
    {
        var line = "";
        foreach (var word in text.Split(' '))
        {
            if (line.Length > 0 && line.Length + 1 + word.Length > width)
            {
                yield return line;
                line = word;
            }
            else
            {
                line = line.Length == 0 ? word : line + " " + word;
            }
        }

        yield return line;
    }
}
