using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Berthbook.Server.Accounts;

/// <summary>
/// Identity's tables as Schema/0003_accounts.sql makes them. EF Core reads and writes them; it never changes the schema.
/// </summary>
sealed class AccountsContext(DbContextOptions<AccountsContext> options) : DbContext(options)
{
    public DbSet<Account> Accounts => Set<Account>();

    protected override void OnModelCreating(ModelBuilder model)
    {
        model.Entity<Account>(MapAccount);
        model.Entity<IdentityUserClaim<int>>(MapClaim);
        model.Entity<IdentityUserLogin<int>>(MapLogin);
        model.Entity<IdentityUserToken<int>>(MapSecret);
    }

    static void MapAccount(EntityTypeBuilder<Account> account)
    {
        account.ToTable("account");
        account.HasKey(row => row.Id);
        account.Ignore(row => row.PhoneNumber).Ignore(row => row.PhoneNumberConfirmed);
        account.Property(row => row.Id).HasColumnName("id");
        account.Property(row => row.UserName).HasColumnName("user_name");
        account.Property(row => row.NormalizedUserName).HasColumnName("normalized_user_name");
        account.Property(row => row.Name).HasColumnName("name");
        account.Property(row => row.Organization).HasColumnName("organization");
        account.Property(row => row.Email).HasColumnName("email");
        account.Property(row => row.NormalizedEmail).HasColumnName("normalized_email");
        account.Property(row => row.EmailConfirmed).HasColumnName("email_confirmed");
        account.Property(row => row.PasswordHash).HasColumnName("password_hash");
        account.Property(row => row.SecurityStamp).HasColumnName("security_stamp");
        account.Property(row => row.ConcurrencyStamp).HasColumnName("concurrency_stamp").IsConcurrencyToken();
        account.Property(row => row.TwoFactorEnabled).HasColumnName("two_factor_enabled");
        account.Property(row => row.LockoutEnd).HasColumnName("lockout_end");
        account.Property(row => row.LockoutEnabled).HasColumnName("lockout_enabled");
        account.Property(row => row.AccessFailedCount).HasColumnName("access_failed_count");
        account.Property(row => row.Offices).HasColumnName("offices").HasConversion<int>();
        account.Property(row => row.State).HasColumnName("state").HasConversion(StateWords);
        account.Property(row => row.Created).HasColumnName("created").HasConversion(Milliseconds);
        account.HasIndex(row => row.NormalizedUserName).IsUnique();
        account.HasIndex(row => row.NormalizedEmail).IsUnique();
    }

    static void MapClaim(EntityTypeBuilder<IdentityUserClaim<int>> claim)
    {
        claim.ToTable("account_claim");
        claim.HasKey(row => row.Id);
        claim.Property(row => row.Id).HasColumnName("id");
        claim.Property(row => row.UserId).HasColumnName("account");
        claim.Property(row => row.ClaimType).HasColumnName("type");
        claim.Property(row => row.ClaimValue).HasColumnName("value");
        claim.HasOne<Account>().WithMany().HasForeignKey(row => row.UserId);
    }

    static void MapLogin(EntityTypeBuilder<IdentityUserLogin<int>> login)
    {
        login.ToTable("account_login");
        login.HasKey(row => new { row.LoginProvider, row.ProviderKey });
        login.Property(row => row.LoginProvider).HasColumnName("provider");
        login.Property(row => row.ProviderKey).HasColumnName("provider_key");
        login.Property(row => row.ProviderDisplayName).HasColumnName("display_name");
        login.Property(row => row.UserId).HasColumnName("account");
        login.HasOne<Account>().WithMany().HasForeignKey(row => row.UserId);
    }

    static void MapSecret(EntityTypeBuilder<IdentityUserToken<int>> secret)
    {
        secret.ToTable("account_secret");
        secret.HasKey(row => new
        {
            row.UserId,
            row.LoginProvider,
            row.Name,
        });
        secret.Property(row => row.UserId).HasColumnName("account");
        secret.Property(row => row.LoginProvider).HasColumnName("provider");
        secret.Property(row => row.Name).HasColumnName("name");
        secret.Property(row => row.Value).HasColumnName("value");
        secret.HasOne<Account>().WithMany().HasForeignKey(row => row.UserId);
    }

    static readonly ValueConverter<AccountState, string> StateWords = new(
        state => AccountWords.Of(state),
        word => AccountWords.StateOf(word)
    );

    static readonly ValueConverter<DateTimeOffset, long> Milliseconds = new(
        time => time.ToUnixTimeMilliseconds(),
        number => DateTimeOffset.FromUnixTimeMilliseconds(number)
    );
}

/// <summary>The words for states of accounts, in the database and in answers.</summary>
static class AccountWords
{
    static readonly string[] States = ["active", "deactivated", "closed"];

    public static string Of(AccountState state) => States[(int)state];

    public static AccountState StateOf(string word) => (AccountState)Array.IndexOf(States, word);
}
