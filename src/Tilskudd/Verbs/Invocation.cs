using System.Diagnostics.CodeAnalysis;

namespace Tilskudd.Verbs;

/// <summary>What was written after a verb, read by the verb's own table of arguments and options.</summary>
internal sealed class Invocation
{
    // Keys the web host itself is known by, written in lower case by habit and by tools.
    private static readonly string[] HostSettings = ["urls", "environment", "contentRoot", "applicationName"];

    private readonly Dictionary<string, string?> _options = new(StringComparer.Ordinal);
    private readonly List<string> _arguments = [];
    private readonly List<KeyValuePair<string, string?>> _settings = [];
    private readonly Verb _verb;

    private Invocation(Verb verb, Composition composition) => (_verb, Composition) = (verb, composition);

    /// <summary>What the program this is stands on.</summary>
    public Composition Composition { get; }

    /// <summary>Settings for the application, such as <c>Site:BaseUrl</c>, in the order given.</summary>
    public IReadOnlyList<KeyValuePair<string, string?>> Settings => _settings;

    /// <summary>Reads the words after the verb.</summary>
    /// <returns>The invocation, or null with every fault in it as Norwegian sentences.</returns>
    public static (Invocation? Given, IReadOnlyList<string> Faults) Read(Verb verb, IReadOnlyList<string> words, Composition composition)
    {
        var given = new Invocation(verb, composition);
        var faults = new List<string>();
        var rest = new Queue<string>(words);

        while (rest.TryDequeue(out var word))
        {
            if (word == "--")
            {
                given._arguments.AddRange(rest);
                rest.Clear();
            }
            else if (word.StartsWith("--", StringComparison.Ordinal))
            {
                given.TakeOption(word[2..], rest, faults);
            }
            else if (word.Length > 1 && word[0] == '-')
            {
                faults.Add($"Ukjent valg «{word}». Valg skrives med to streker, som «--help».");
            }
            else
            {
                given._arguments.Add(word);
            }
        }

        given.CheckArguments(faults);
        given.CheckRequired(faults);
        return faults.Count == 0 ? (given, faults) : (null, faults);
    }

    /// <summary>The argument at this place in the verb's table.</summary>
    public string Argument(int place) => _arguments[place];

    /// <summary>The value of an option, or null where it was not given.</summary>
    /// <exception cref="ArgumentException">The verb has no such option with a value.</exception>
    public string? Value(string option)
    {
        Demand(option, takesValue: true);
        return _options.GetValueOrDefault(option);
    }

    /// <summary>The value of an option, where it was given.</summary>
    /// <exception cref="ArgumentException">The verb has no such option with a value.</exception>
    public bool TryValue(string option, [NotNullWhen(true)] out string? value)
    {
        value = Value(option);
        return value is not null;
    }

    /// <summary>True where a switch was given.</summary>
    /// <exception cref="ArgumentException">The verb has no such switch.</exception>
    public bool Has(string option)
    {
        Demand(option, takesValue: false);
        return _options.ContainsKey(option);
    }

    private void TakeOption(string word, Queue<string> rest, List<string> faults)
    {
        var parts = word.Split('=', 2);
        var name = parts[0];
        var attached = parts.Length == 2 ? parts[1] : null;

        if (_verb.TakesSettings && IsSetting(name))
        {
            TakeSetting(name, attached ?? NextValue(rest), faults);
            return;
        }

        var option = _verb.Options.FirstOrDefault(option => option.Name == name);
        if (option is null)
        {
            faults.Add($"Ukjent valg «--{name}».{Nearest.Question(name, _verb.Options.Select(known => known.Name), "--")}");
            return;
        }

        var value = option.Example is null ? attached : attached ?? NextValue(rest);
        if (option.Example is null && value is not null)
        {
            faults.Add($"«--{name}» tar ingen verdi, men fikk «{value}».");
        }
        else if (option.Example is not null && string.IsNullOrWhiteSpace(value))
        {
            faults.Add($"«--{name}» mangler verdi. Skriv for eksempel «--{name} {option.Example}».");
        }
        else if (!_options.TryAdd(name, value))
        {
            faults.Add($"«--{name}» er oppgitt mer enn én gang.");
        }
    }

    private void TakeSetting(string name, string? value, List<string> faults)
    {
        if (value is null)
        {
            faults.Add($"Innstillingen «--{name}» mangler verdi.");
            return;
        }

        _settings.Add(new(name, value));
    }

    // Settings begin with a capital letter, options never do.
    private static bool IsSetting(string name) =>
        name.Contains(':') || (name.Length > 0 && char.IsAsciiLetterUpper(name[0])) || HostSettings.Contains(name, StringComparer.Ordinal);

    // The next word is a value unless it is an option itself; «-1» is a value, so that the verb can say what is wrong with it.
    private static string? NextValue(Queue<string> rest) =>
        rest.TryPeek(out var next) && !next.StartsWith("--", StringComparison.Ordinal) ? rest.Dequeue() : null;

    private void CheckArguments(List<string> faults)
    {
        foreach (var missing in _verb.Arguments.Skip(_arguments.Count))
        {
            faults.Add($"{missing.Name} mangler: {missing.Summary}");
        }

        foreach (var surplus in _arguments.Skip(_verb.Arguments.Count))
        {
            faults.Add($"«{surplus}» hører ikke til her.");
        }
    }

    private void CheckRequired(List<string> faults)
    {
        foreach (var option in _verb.Options.Where(option => option.IsRequired && !_options.ContainsKey(option.Name)))
        {
            if (!faults.Any(fault => fault.StartsWith($"«--{option.Name}»", StringComparison.Ordinal)))
            {
                faults.Add($"«--{option.Name}» må oppgis, for eksempel «--{option.Name} {option.Example}».");
            }
        }
    }

    private void Demand(string option, bool takesValue)
    {
        if (!_verb.Options.Any(known => known.Name == option && known.Example is not null == takesValue))
        {
            throw new ArgumentException($"The verb '{_verb.Name}' asks for its option '{option}' in a way its table does not have.", nameof(option));
        }
    }
}
