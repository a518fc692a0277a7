namespace Tilskudd.Tests.Notices.Inbound;

/// <summary>Mails in the shapes that mail servers and mail programs send them, written for these tests. {id} is the message id of the mail they are about.</summary>
internal static class ForeignMails
{
    public const string PostfixBounce =
        """
        Return-Path: <>
        Date: Wed, 20 Nov 2024 09:01:12 +0100 (CET)
        From: MAILER-DAEMON@mx.drammen.example (Mail Delivery System)
        Subject: Undelivered Mail Returned to Sender
        To: ikke-svar@tilskudd.example
        Auto-Submitted: auto-replied
        MIME-Version: 1.0
        Content-Type: multipart/report; report-type=delivery-status;
            boundary="4XsT7v.1732089672/mx.drammen.example"
        Message-Id: <20241120080112.4XsT@mx.drammen.example>

        This is a MIME-encapsulated message.

        --4XsT7v.1732089672/mx.drammen.example
        Content-Description: Notification
        Content-Type: text/plain; charset=us-ascii

        I'm sorry to have to inform you that your message could not be delivered.

        <kari@drammen.example>: host mail.drammen.example said: 550 5.1.1 User unknown

        --4XsT7v.1732089672/mx.drammen.example
        Content-Description: Delivery report
        Content-Type: message/delivery-status

        Reporting-MTA: dns; mx.drammen.example
        X-Postfix-Queue-ID: 4XsT7v
        Arrival-Date: Wed, 20 Nov 2024 09:01:11 +0100 (CET)

        Final-Recipient: rfc822; kari@drammen.example
        Original-Recipient: rfc822;kari@drammen.example
        Action: failed
        Status: 5.1.1
        Remote-MTA: dns; mail.drammen.example
        Diagnostic-Code: smtp; 550 5.1.1 <kari@drammen.example>: Recipient address
            rejected: User unknown

        --4XsT7v.1732089672/mx.drammen.example
        Content-Description: Undelivered Message Headers
        Content-Type: text/rfc822-headers

        From: "Tilskudd" <ikke-svar@tilskudd.example>
        Message-ID: <{id}>
        Subject: Til godkjenning

        --4XsT7v.1732089672/mx.drammen.example--
        """;

    public const string PostfixDelay =
        """
        Return-Path: <>
        From: MAILER-DAEMON@mx.drammen.example (Mail Delivery System)
        Subject: Delayed Mail (still being retried)
        Auto-Submitted: auto-replied
        MIME-Version: 1.0
        Content-Type: multipart/report; report-type=delivery-status; boundary="grense"
        Message-Id: <20241120120112.5YtU@mx.drammen.example>

        --grense
        Content-Type: text/plain

        THIS IS A WARNING ONLY.

        --grense
        Content-Type: message/delivery-status

        Reporting-MTA: dns; mx.drammen.example

        Final-Recipient: rfc822; kari@drammen.example
        Action: delayed
        Status: 4.4.1
        Diagnostic-Code: X-Postfix; connect to mail.drammen.example[192.0.2.7]:25: Connection timed out
        Will-Retry-Until: Mon, 25 Nov 2024 09:01:11 +0100 (CET)

        --grense
        Content-Type: message/rfc822

        Message-ID: <{id}>
        Subject: Til godkjenning

        Hei
        --grense--
        """;

    public const string ExchangeBounce =
        """
        From: <postmaster@drammen.example>
        To: <ikke-svar@tilskudd.example>
        Date: Wed, 20 Nov 2024 08:02:00 +0000
        Content-Type: multipart/report; report-type=delivery-status;
        	boundary="_3a1c9d-4f"
        Content-Language: nb-NO
        Message-ID: <5f3d@SVG01.drammen.example>
        In-Reply-To: <{id}>
        References: <{id}>
        Subject: =?iso-8859-1?Q?Kan_ikke_leveres:_Til_godkjenning_for_Str=F8ms=F8?=
        Auto-Submitted: auto-replied

        --_3a1c9d-4f
        Content-Type: multipart/alternative; boundary="_inn"

        --_inn
        Content-Type: text/plain; charset="iso-8859-1"
        Content-Transfer-Encoding: quoted-printable

        Meldingen din til kari@drammen.example kunne ikke leveres.
        P=E5 grunn av at postboksen er full.

        --_inn
        Content-Type: text/html; charset="iso-8859-1"

        <html><body><p>Meldingen kunne ikke leveres.</p></body></html>
        --_inn--

        --_3a1c9d-4f
        Content-Type: message/delivery-status

        Reporting-MTA: dns;SVG01.drammen.example

        Original-Recipient: rfc822;kari@drammen.example
        Final-Recipient: rfc822;kari@drammen.example
        Action: failed
        Status: 5.2.2
        Diagnostic-Code: smtp;554 5.2.2 mailbox full; STOREDRV.Deliver; QuotaExceededException
        X-Display-Name: Kari Nordby

        --_3a1c9d-4f
        Content-Type: message/rfc822

        Subject: Til godkjenning

        Hei
        --_3a1c9d-4f--
        """;

    public const string GmailBounce =
        """
        Return-Path: <>
        Content-Type: multipart/report; boundary="00000000000091d2bb0627"; report-type=delivery-status
        To: ikke-svar@tilskudd.example
        Subject: Delivery Status Notification (Failure)
        Message-ID: <673da1.170a0220.GMR@mx.google.example>
        From: Mail Delivery Subsystem <mailer-daemon@googlemail.example>
        X-Failed-Recipients: kari@gmail.example
        Auto-Submitted: auto-replied
        References: <{id}>
        In-Reply-To: <{id}>

        --00000000000091d2bb0627
        Content-Type: multipart/related; boundary="00000000000091d5"

        --00000000000091d5
        Content-Type: text/plain; charset="UTF-8"

        ** Address not found **

        --00000000000091d5--
        --00000000000091d2bb0627
        Content-Type: message/delivery-status

        Reporting-MTA: dns; googlemail.example
        Received-From-MTA: dns; ikke-svar@tilskudd.example

        Final-Recipient: rfc822; kari@gmail.example
        Action: failed
        Status: 5.1.1
        Diagnostic-Code: smtp; 550-5.1.1 The email account that you tried to reach does not exist.

        --00000000000091d2bb0627
        Content-Type: message/rfc822

        Message-ID: <{id}>

        Hei
        --00000000000091d2bb0627--
        """;

    public const string GivenUpAfterDays =
        """
        From: Mail Delivery System <Mailer-Daemon@relay.example>
        Content-Type: multipart/report; report-type=delivery-status; boundary=uten-anforselstegn
        Message-ID: <x1@relay.example>
        Subject: Mail delivery failed

        --uten-anforselstegn
        Content-Type: message/delivery-status

        Reporting-MTA: dns; relay.example

        Action: failed (gave up)
        Final-Recipient: rfc822;kari@drammen.example
        Status: 4.4.7
        --uten-anforselstegn
        Content-Type: text/rfc822-headers

        Message-ID: <{id}>
        --uten-anforselstegn--
        """;

    public const string DeliveredReport =
        """
        From: postmaster@drammen.example
        Content-Type: multipart/report; report-type=delivery-status; boundary=b
        Message-ID: <ok@drammen.example>
        In-Reply-To: <{id}>

        --b
        Content-Type: message/delivery-status

        Reporting-MTA: dns; drammen.example

        Final-Recipient: rfc822;kari@drammen.example
        Action: delivered
        Status: 2.0.0
        --b--
        """;

    public const string ReadReceipt =
        """
        From: Kari Nordby <kari@drammen.example>
        Subject: Lest: Til godkjenning
        Content-Type: multipart/report; report-type=disposition-notification; boundary=b
        Message-ID: <lest@drammen.example>

        --b
        Content-Type: text/plain

        Meldingen ble lest.
        --b
        Content-Type: message/disposition-notification

        Final-Recipient: RFC822; kari@drammen.example
        Original-Message-ID: <{id}>
        Disposition: manual-action/MDN-sent-manually; displayed
        --b--
        """;

    public const string OldBounce =
        """
        Return-path: <>
        X-Failed-Recipients: kari@drammen.example
        Auto-Submitted: auto-replied
        From: Mail Delivery System <Mailer-Daemon@gammel.example>
        Subject: Mail delivery failed: returning message to sender
        Message-Id: <E1tDfg-0001@gammel.example>

        This message was created automatically by mail delivery software.

          kari@drammen.example
            SMTP error from remote mail server after RCPT TO:<kari@drammen.example>:
            550 No such user here

        ------ This is a copy of the message, including all the headers. ------

        Message-ID: <{id}>
        Subject: Til godkjenning

        Les og svar: https://tilskudd.example/g/hemmelig-token
        """;

    public const string ExchangeAway =
        """
        From: Kari Nordby <kari@drammen.example>
        To: Tilskudd <ikke-svar@tilskudd.example>
        Subject: =?iso-8859-1?Q?Automatisk_svar:_Til_godkjenning:_Handlingsplan_?=
         =?iso-8859-1?Q?for_Str=F8ms=F8?=
        Message-ID: <away1@SVG01.drammen.example>
        References: <{id}>
        In-Reply-To: <{id}>
        X-Auto-Response-Suppress: All
        auto-submitted: auto-generated
        Content-Type: multipart/alternative; boundary="_000_away"
        MIME-Version: 1.0

        --_000_away
        Content-Type: text/plain; charset="utf-8"
        Content-Transfer-Encoding: base64

        SGVpIQ0KSmVnIGVyIHDDpSBmZXJpZSB0aWwgMi4gZGVzZW1iZXIuIEtvbnRha3QgT2xhIExpZSBw
        w6UgdGVsZWZvbiAzMiAwMCAwMCAwMC4NCg==

        --_000_away
        Content-Type: text/html; charset="utf-8"

        <p>Hei!</p>
        --_000_away--
        """;

    public const string Vacation =
        """
        From: kari@drammen.example
        Subject: Away: Til godkjenning
        Message-ID: <dovecot-sieve-1@drammen.example>
        In-Reply-To: <{id}>
        Auto-Submitted: auto-replied (vacation)
        Precedence: bulk
        Content-Type: text/plain; charset=windows-1252
        Content-Transfer-Encoding: quoted-printable

        Jeg er borte =96 tilbake p=E5 mandag.
        """;

    public const string AwayBySubject =
        """
        From: kari@drammen.example
        Subject: =?UTF-8?B?RnJhdsOmcnNtZWxkaW5nOiBzeWs=?=
        Message-ID: <syk@drammen.example>
        References: <annet@drammen.example> <{id}>

        Jeg er sykmeldt ut uka.
        """;

    public const string OutlookReply =
        """
        From: Kari Nordby <kari@drammen.example>
        To: "Tilskudd, Drammen kommune" <ikke-svar@tilskudd.example>
        Subject: SV: Til godkjenning
        Message-ID: <AM9PR@EURPRD.example>
        References: <{id}>
        In-Reply-To: <{id}>
        Content-Type: text/plain; charset="iso-8859-1"
        Content-Transfer-Encoding: quoted-printable

        Hei,
        jeg godkjenner planen, men vil ha med lys i parken p=E5 Str=F8ms=F8.

        Kari

        ________________________________
        Fra: Tilskudd, Drammen kommune <ikke-svar@tilskudd.example>
        Sendt: onsdag 20. november 2024 09:00
        Til: Kari Nordby <kari@drammen.example>
        Emne: Til godkjenning

        Les og svar: https://tilskudd.example/g/abcDEF123_hemmelig
        Koden din er 4711.
        """;

    public const string OutlookReplyWithoutLine =
        """
        From: kari@drammen.example
        Message-ID: <AM9PS@EURPRD.example>
        In-Reply-To: <{id}>
        Subject: RE: For approval
        Content-Type: text/plain; charset=utf-8

        I cannot open the page.

        From: Tilskudd <ikke-svar@tilskudd.example>
        Sent: Wednesday, November 20, 2024 9:00 AM
        To: Kari Nordby <kari@drammen.example>
        Subject: For approval

        https://tilskudd.example/g/abcDEF123_hemmelig
        """;

    public const string GmailReply =
        """
        MIME-Version: 1.0
        References: <{id}>
        In-Reply-To: <{id}>
        From: Kari Nordby <kari.privat@gmail.example>
        Message-ID: <CAE+x@mail.gmail.example>
        Subject: Re: Til godkjenning
        Content-Type: multipart/alternative; boundary="000000000000b4"

        --000000000000b4
        Content-Type: text/plain; charset="UTF-8"
        Content-Transfer-Encoding: quoted-printable

        Dette m=C3=A5 vi snakke om i m=C3=B8tet.

        ons. 20. nov. 2024 kl. 09:00 skrev Tilskudd, Drammen kommune <
        ikke-svar@tilskudd.example>:

        > Les og svar: https://tilskudd.example/g/abcDEF123_hemmelig
        > Koden din er 4711.
        >
        --000000000000b4
        Content-Type: text/html; charset="UTF-8"

        <div dir="ltr">Dette m&aring; vi</div>
        --000000000000b4--
        """;

    public const string HtmlOnlyReply =
        """
        From: kari@drammen.example
        Message-ID: <html@drammen.example>
        In-Reply-To: <{id}>
        Content-Type: text/html; charset=utf-8

        <html><head><style>p { color: red }</style><title>SV</title></head><body>
        <p>Jeg er <b>uenig</b> i bel&oslash;pet &amp; sier nei.</p>
        <p>Se <a href="https://tilskudd.example/g/abcDEF123_hemmelig">lenken https://tilskudd.example/g/abcDEF123_hemmelig</a></p>
        <hr><div><p>Fra: Tilskudd<br>Sendt: onsdag 20. november<br>Til: Kari</p><p>Koden din er 4711.</p></div>
        </body></html>
        """;

    public const string PhoneReply =
        """
        From: Kari Nordby <kari@drammen.example>
        Message-Id: <9C1B@phone.example>
        In-Reply-To: <{id}>
        Mime-Version: 1.0 (1.0)
        Content-Type: text/plain; charset=us-ascii; format=flowed

        Ok for meg

        Sendt fra min iPhone

        > 20. nov. 2024 kl. 09:00 skrev Tilskudd <ikke-svar@tilskudd.example>:
        >
        > https://tilskudd.example/g/abcDEF123_hemmelig
        """;

    public const string InlineReply =
        """
        From: kari@drammen.example
        Message-Id: <inline@drammen.example>
        In-Reply-To: <{id}>

        > Har du lest planen?
        Ja.
        > https://tilskudd.example/g/abcDEF123_hemmelig
        Lenken https://eur01.safelinks.protection.example/?url=https%3A%2F%2Ftilskudd.example%2Fg%2FabcDEF123_hemmelig&data=05 virker ikke,
        heller ikke tilskudd.example/g/abcDEF123_hemmelig eller
        Zx3kPq8Lm0Zx3kPq8Lm0Zx3kPq8Lm0Zx3kPq8Lm0abc alene.
        """;

    public const string EnglishReply =
        """
        From: kari@drammen.example
        Message-Id: <engl@drammen.example>
        References: <{id}> <annet@drammen.example>
        Content-Type: text/plain; charset="utf-8"
        Content-Transfer-Encoding: 8bit

        Send it back, please – the sum is wrong.

        On Wed, 20 Nov 2024 at 09:00, Tilskudd, Drammen kommune <ikke-svar@tilskudd.example> wrote:

        The code is 4711.
        """;
}
