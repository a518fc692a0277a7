using System.Text;
using System.Text.Json;

namespace Tilskudd.Setup;

/// <summary>Reads <c>appsettings.json</c> as an operator wrote it: every value with its line, every fault named, nothing guessed.</summary>
internal static class SettingsFile
{
    public const string Name = "appsettings.json";

    /// <summary>Reads the file in a folder.</summary>
    public static (IReadOnlyList<GivenSetting> Given, IReadOnlyList<SettingFault> Faults) Read(string folder)
    {
        var path = Path.Combine(folder, Name);
        if (Directory.Exists(path))
        {
            return ([], [new(Name, $"{path} er en mappe. Legg filen {Name} der i stedet, i det minste med innholdet {{}}.")]);
        }

        try
        {
            return Read(File.ReadAllBytes(path));
        }
        catch (Exception missing) when (missing is FileNotFoundException or DirectoryNotFoundException)
        {
            return ([], [new(Name, $"{Name} mangler i {folder}. Legg den der, i det minste med innholdet {{}}.")]);
        }
        catch (Exception closed) when (closed is UnauthorizedAccessException or IOException)
        {
            return ([], [new(Name, $"{path} kan ikke leses. Gi den som kjører programmet, lesetilgang til filen.{SystemReason.Of(closed)}")]);
        }
    }

    /// <summary>Reads the file's bytes.</summary>
    internal static (IReadOnlyList<GivenSetting> Given, IReadOnlyList<SettingFault> Faults) Read(byte[] bytes)
    {
        var content = bytes.AsSpan().StartsWith(Encoding.UTF8.Preamble) ? bytes[Encoding.UTF8.Preamble.Length..] : bytes;
        if (content.All(b => b is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n'))
        {
            return ([], [new(Name, $"{Name} er tom. Skriv i det minste {{}}.")]);
        }

        if (!System.Text.Unicode.Utf8.IsValid(content))
        {
            return ([], [new(Name, $"{Name} er ikke i UTF-8. Lagre filen på nytt som UTF-8.")]);
        }

        var reading = new Reading(content);
        try
        {
            reading.Run();
        }
        catch (JsonException broken)
        {
            // What was read before the break says nothing the operator can rely on.
            return ([], [new(Name, $"{Name}, linje {broken.LineNumber + 1}: filen er ikke gyldig JSON. Se etter et komma, en parentes eller et anførselstegn som mangler eller er for mye.")]);
        }

        return (reading.Given, reading.Faults);
    }

    private sealed class Reading(byte[] content)
    {
        private readonly Stack<string> _sections = [];
        private readonly HashSet<string> _seen = new(StringComparer.OrdinalIgnoreCase);
        private string _key = "";

        public List<GivenSetting> Given { get; } = [];

        public List<SettingFault> Faults { get; } = [];

        public void Run()
        {
            var reader = new Utf8JsonReader(content, new JsonReaderOptions { CommentHandling = JsonCommentHandling.Skip });
            while (reader.Read())
            {
                Take(ref reader);
            }
        }

        private void Take(ref Utf8JsonReader reader)
        {
            switch (reader.TokenType)
            {
                case JsonTokenType.PropertyName:
                    _key = string.Join(':', [.. _sections.Reverse().Where(section => section.Length > 0), reader.GetString()]);
                    RefuseSecond(reader.TokenStartIndex);
                    break;
                case JsonTokenType.StartObject:
                    _sections.Push(_sections.Count == 0 ? "" : LastPart(_key));
                    break;
                case JsonTokenType.EndObject:
                    _sections.Pop();
                    break;
                case JsonTokenType.StartArray:
                    TakeList(ref reader);
                    break;
                case var _ when SettingsTable.IsGroup(_key):
                    Faults.Add(new(_key, $"{_key} ({Place(reader.TokenStartIndex)}) er en gruppe av innstillinger. Skriv dem mellom {{ og }}, eller ta bort gruppen."));
                    break;
                default:
                    Give(Text(ref reader), reader.TokenStartIndex);
                    break;
            }
        }

        private void RefuseSecond(long at)
        {
            if (!_seen.Add(_key))
            {
                Faults.Add(new(_key, $"{_key} står mer enn én gang i {Place(at)}. La én stå."));
            }
        }

        private void TakeList(ref Utf8JsonReader reader)
        {
            var at = reader.TokenStartIndex;
            var parts = new List<string>();
            while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            {
                if (reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray)
                {
                    reader.Skip();
                    parts.Add("");
                }
                else
                {
                    parts.Add(Text(ref reader));
                }
            }

            if (SettingsTable.Find(_key) is { Separator: null } or null || parts.Contains(""))
            {
                Faults.Add(new(_key, $"{(_key.Length == 0 ? Name : _key)} ({Place(at)}) kan ikke være en slik liste."));
                return;
            }

            Give(string.Join(SettingsTable.Find(_key)!.Separator!.Value, parts), at);
        }

        private void Give(string value, long at)
        {
            if (_key.Length == 0)
            {
                Faults.Add(new(Name, $"{Place(at)}: filen må være et objekt, i det minste {{}}."));
                return;
            }

            Given.Add(new(_key, value, Place(at)));
        }

        private static string Text(ref Utf8JsonReader reader) => reader.TokenType switch
        {
            JsonTokenType.String => reader.GetString()!,
            JsonTokenType.Null => "",
            _ => Encoding.UTF8.GetString(reader.ValueSpan),
        };

        private static string LastPart(string key) => key[(key.LastIndexOf(':') + 1)..];

        private string Place(long at) => $"{Name}, linje {content.AsSpan(0, (int)at).Count((byte)'\n') + 1}";
    }
}
