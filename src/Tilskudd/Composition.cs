using Tilskudd.Clockwork;
using Tilskudd.Notices.Mailing;
using Tilskudd.Verbs;
using Tilskudd.Workflows;
using Tilskudd.Workflows.Runs;

namespace Tilskudd;

/// <summary>What the application's three ports stand on: the flow engine, the clockwork that runs the sweeps, and the mailer.</summary>
/// <param name="Name">For the operator.</param>
/// <param name="Ports">Puts the three in.</param>
internal sealed record Composition(string Name, Action<IServiceCollection, Settings> Ports)
{
    /// <summary>Pages the parts bring with them; they answer behind the application's own sign-in.</summary>
    public Action<WebApplication> Pages { get; init; } = static _ => { };

    /// <summary>Verbs that only this composition has; they stand after the others.</summary>
    public IReadOnlyList<Verb> Verbs { get; init; } = [];

    /// <summary>Needs nothing beyond the registry: our own runner, one background loop, a folder or our own SMTP client.</summary>
    public static Composition BuiltIn { get; } = new("built-in", static (services, settings) =>
    {
        services.AddSingleton<IEngine, Runner>();
        services.AddHostedService<BackgroundLoop>();
        services.AddSingleton<IMailer>(settings.Mail.Kind switch
        {
            MailKind.Folder => new FolderMailer(settings.Mail.Folder),
            MailKind.Smtp => new SmtpMailer(settings.Mail),
        });
    });
}
