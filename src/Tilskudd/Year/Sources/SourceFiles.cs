using System.Collections.Immutable;

namespace Tilskudd.Year.Sources;

/// <summary>The source files by name, as the programme carries them; a test may change one of them.</summary>
internal sealed class SourceFiles
{
    private const string Prefix = "Tilskudd.Year.Sources.";

    private readonly ImmutableDictionary<string, string> texts;

    private SourceFiles(ImmutableDictionary<string, string> texts) => this.texts = texts;

    /// <summary>The files built into the programme.</summary>
    public static SourceFiles Embedded()
    {
        var assembly = typeof(SourceFiles).Assembly;
        var names = assembly.GetManifestResourceNames().Where(name => name.StartsWith(Prefix, StringComparison.Ordinal));
        return new(names.ToImmutableDictionary(name => name[Prefix.Length..], name =>
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
            return reader.ReadToEnd();
        }));
    }

    public SourceFiles With(string name, string text) => new(texts.SetItem(name, text));

    public SourceFiles Without(string name) => new(texts.Remove(name));

    /// <summary>The text of a file, or null when there is no such file.</summary>
    public string? Text(string name) => texts.GetValueOrDefault(name);
}
