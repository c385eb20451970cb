# By hand, after regenerating: the dependency on modelsearch, and RunPython(words_index.add, words_index.remove), last.

import django.db.models.deletion
import gandan.crypto
from django.conf import settings
from django.db import migrations, models
from gandan.search import words_index


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('modelsearch', '0004_rename_modelsear_autocom_476c89_gin_modelsearch_autocom_ea8581_gin_and_more'),
        ('contenttypes', '0002_remove_content_type_name'),
        migrations.swappable_dependency(settings.WAGTAIL_PAGE_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='RareSearch',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('digest', models.CharField(max_length=64, unique=True)),
                ('searches', models.PositiveIntegerField(default=0)),
                ('empty', models.PositiveIntegerField(default=0)),
                ('opened', models.PositiveIntegerField(default=0)),
                ('last_day', models.DateField()),
            ],
        ),
        migrations.CreateModel(
            name='SearchStatistics',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('language', models.CharField(max_length=10, unique=True)),
                ('version', models.CharField(max_length=100)),
                ('content', models.BinaryField()),
            ],
        ),
        migrations.CreateModel(
            name='WorkDay',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('date', models.DateField(unique=True, verbose_name='date')),
                ('kind', models.CharField(choices=[('off', 'Day off'), ('working', 'Working day (make-up)'), ('half', 'Morning only')], max_length=10, verbose_name='kind')),
                ('note', models.CharField(help_text='For example the number of the notice.', max_length=200, verbose_name='reason shown to readers')),
            ],
            options={
                'verbose_name': 'working calendar exception',
                'verbose_name_plural': 'working calendar exceptions',
                'ordering': ['-date'],
            },
        ),
        migrations.CreateModel(
            name='BestBet',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('said', models.CharField(help_text='One spelling is enough: without marks, in other words of the dictionary, as a question.', max_length=80, verbose_name='what people type')),
                ('language', models.CharField(choices=[('vi', 'Tiếng Việt'), ('en', 'English'), ('ar', 'العربية')], default='vi', max_length=2, verbose_name='language')),
                ('since', models.DateField(blank=True, null=True, verbose_name='from')),
                ('until', models.DateField(blank=True, null=True, verbose_name='until')),
                ('note', models.CharField(blank=True, max_length=200, verbose_name='note for editors')),
                ('is_active', models.BooleanField(default=True, verbose_name='in use')),
                ('changed_at', models.DateTimeField(auto_now=True)),
                ('page', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.WAGTAIL_PAGE_MODEL, verbose_name='page')),
            ],
            options={
                'verbose_name': 'best bet',
                'verbose_name_plural': 'best bets',
                'ordering': ['said'],
            },
        ),
        migrations.CreateModel(
            name='Outbox',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=120, unique=True, verbose_name='key')),
                ('recipients', gandan.crypto.EncryptedTextField(verbose_name='recipients')),
                ('body', gandan.crypto.EncryptedTextField(help_text='The whole message; erased 30 days after delivery.', verbose_name='message')),
                ('state', models.CharField(choices=[('waiting', 'Waiting'), ('sent', 'Sent'), ('refused', 'Refused by the mail server')], default='waiting', max_length=10, verbose_name='state')),
                ('created_at', models.DateTimeField(verbose_name='created')),
                ('due_at', models.DateTimeField(verbose_name='next try')),
                ('leased_until', models.DateTimeField(blank=True, null=True, verbose_name='leased until')),
                ('tries', models.PositiveIntegerField(default=0, verbose_name='tries')),
                ('sent_at', models.DateTimeField(blank=True, null=True, verbose_name='sent')),
                ('erased_at', models.DateTimeField(blank=True, null=True, verbose_name='erased')),
                ('problem', models.CharField(blank=True, max_length=300, verbose_name='last problem')),
            ],
            options={
                'verbose_name': 'outgoing message',
                'verbose_name_plural': 'outgoing messages',
                'ordering': ['created_at', 'pk'],
                'indexes': [models.Index(fields=['state', 'due_at'], name='outbox_due')],
            },
        ),
        migrations.CreateModel(
            name='SearchLog',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('day', models.DateField(verbose_name='day')),
                ('language', models.CharField(max_length=10, verbose_name='language')),
                ('key', models.CharField(max_length=200, verbose_name='question')),
                ('searches', models.PositiveIntegerField(default=0, verbose_name='searches')),
                ('empty', models.PositiveIntegerField(default=0, verbose_name='without result')),
                ('opened', models.PositiveIntegerField(default=0, verbose_name='results opened')),
            ],
            options={
                'ordering': ['-day', '-searches', 'key'],
                'constraints': [models.UniqueConstraint(fields=('day', 'language', 'key'), name='search_log_once')],
            },
        ),
        migrations.CreateModel(
            name='SearchTerm',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('said', models.CharField(max_length=80, verbose_name='people say')),
                ('key', models.CharField(editable=False, max_length=80)),
                ('means', models.TextField(help_text='The words of the official name, one meaning a line. The typed words are sought as well.', verbose_name='means')),
                ('kind', models.CharField(choices=[('abbreviation', 'Abbreviation'), ('old', 'Old term'), ('everyday', 'Everyday word'), ('dialect', 'Dialect')], default='everyday', max_length=12, verbose_name='kind')),
                ('language', models.CharField(choices=[('vi', 'Tiếng Việt'), ('en', 'English'), ('ar', 'العربية')], default='vi', max_length=2, verbose_name='language')),
                ('audience', models.CharField(blank=True, max_length=60, verbose_name='who says so')),
                ('note', models.CharField(blank=True, max_length=200, verbose_name='note for editors')),
                ('is_active', models.BooleanField(default=True, verbose_name='in use')),
                ('changed_at', models.DateTimeField(auto_now=True)),
            ],
            options={
                'verbose_name': 'word of the dictionary',
                'verbose_name_plural': 'search dictionary',
                'ordering': ['key'],
                'constraints': [models.UniqueConstraint(fields=('language', 'key'), name='search_term_once')],
            },
        ),
        migrations.CreateModel(
            name='SearchChange',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('object_id', models.BigIntegerField()),
                ('at', models.DateTimeField()),
                ('sent_at', models.DateTimeField(blank=True, null=True)),
                ('content_type', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='contenttypes.contenttype')),
            ],
            options={
                'ordering': ['pk'],
                'indexes': [models.Index(fields=['sent_at', 'id'], name='search_change_waiting')],
            },
        ),
        migrations.RunPython(words_index.add, words_index.remove),
    ]
