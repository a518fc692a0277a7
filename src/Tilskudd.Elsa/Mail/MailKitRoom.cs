using Tilskudd.Notices.Inbound;
using Tilskudd.Notices.Mailing;

namespace Tilskudd.Elsa.Mail;

/// <summary>Puts MailKit's mailer and mailbox into the application, where the settings name a server; folders stay folders.</summary>
internal static class MailKitRoom
{
    public static void AddMailKit(this IServiceCollection services, MailSettings settings)
    {
        if (settings.OAuth is { } oauth)
        {
            services.AddSingleton(parts => new AccessTokens(oauth, parts.GetRequiredService<TimeProvider>()));
        }

        services.AddSingleton<IMailer>(parts => settings.Kind switch
        {
            MailKind.Folder => new FolderMailer(settings.Folder),
            MailKind.Smtp => new MailKitMailer(settings, parts.GetRequiredService<TimeProvider>(), parts.GetService<AccessTokens>()),
        });
        services.AddSingleton<IInbound>(parts => settings.Inbound.Server is null
            ? new FolderInbound(settings.Inbound.Folder, parts.GetRequiredService<ILogger<FolderInbound>>())
            : new ImapInbound(settings.Inbound, parts.GetService<AccessTokens>()));
    }
}
