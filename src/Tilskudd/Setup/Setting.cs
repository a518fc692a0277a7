namespace Tilskudd.Setup;

/// <summary>One thing an operator can set: a row of the table in the README, and the rule its value is checked by.</summary>
/// <param name="Key">As written on the command line, such as <c>Site:BaseUrl</c>.</param>
/// <param name="Default">What holds when nothing is set; empty for nothing.</param>
/// <param name="Allowed">What is allowed, in Norwegian, as the end of «Tillatt er …».</param>
/// <param name="Summary">What it decides, in Norwegian.</param>
/// <param name="IsAllowed">Whether a value, which is never empty, is allowed.</param>
internal sealed record Setting(string Key, string Default, string Allowed, string Summary, Predicate<string> IsAllowed)
{
    /// <summary>True for a value that must never be shown, not even when it is wrong.</summary>
    public bool IsSecret { get; init; }

    /// <summary>What stands between the parts of a list, so that a JSON list can be given too; null for a single value.</summary>
    public char? Separator { get; init; }

    /// <summary>The name of its environment variable.</summary>
    public string Variable => SettingsTable.VariablePrefix + Key.Replace(":", "__", StringComparison.Ordinal);
}

/// <summary>A value as an operator wrote it, and where.</summary>
/// <param name="Place">For example <c>appsettings.json, linje 3</c>.</param>
internal sealed record GivenSetting(string Key, string Value, string Place);

/// <summary>What is wrong with a setting, in a Norwegian sentence that names the key, the value found and what is allowed.</summary>
internal sealed record SettingFault(string Key, string Message)
{
    public override string ToString() => Message;
}
